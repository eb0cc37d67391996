COMMAND=QueryDomainList
DomainTag0=a
DomainTag4095=b
ZoneTag0=c
ZoneTag4095=d
LIMIT=10
