COMMAND=QueryAccountingList
DomainTag0=a
ZoneTag0=b
