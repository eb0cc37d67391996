COMMAND=QueryDomainHistoryList
AddZoneTag0=a
DomainTag5000=
ZoneTag00=
DOMAIN=*.test
DomainTag=
AddDomainTag=
