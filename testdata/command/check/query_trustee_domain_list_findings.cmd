COMMAND=QueryTrusteeDomainList
ZoneTag03=a
DelZoneTag3=b
ZoneTag=c
DomainTag4096=d
