COMMAND=QueryUpcomingAccountingList
ZoneTag10000=a
DelDomainTag0=b
DomainTag=c
DomainTag05=d
