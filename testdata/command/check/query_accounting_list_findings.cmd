COMMAND=QueryAccountingList
DomainTag0=a
AddDomainTag0=b
DomainTag00=c
DomainTag40950=d
ZoneTag=e
AddZoneTag0=f
