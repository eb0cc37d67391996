COMMAND=AddDomain
ZoneTag0=a
AddDomainTag0=b
DelDomainTag=c
DomainTag0=d
