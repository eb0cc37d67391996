COMMAND=QueryRegisteredPremiumDomainList
DomainTag=a
AddZoneTag0=a
ZoneTag012=b
ZoneTag12=b
DomainTag8192=c
AddDomainTag8192=d
