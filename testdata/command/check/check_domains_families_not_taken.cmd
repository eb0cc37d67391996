COMMAND=CheckDomains
DomainTag=a
DomainTag0=b
AddDomainTag0=c
DelDomainTag0=d
AddZoneTag=e
DelZoneTag=f
