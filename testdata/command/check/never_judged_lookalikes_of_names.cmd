COMMAND=AddDomains
ZoneTag0=a
DomainTag=b
AddDomainTag0=c
