COMMAND=QueryDomainRenewList
ZoneTag7=a
AddDomainTag7=b
DomainTag=c
ZoneTag07=d
DomainTag4096=e
DelZoneTag=f
