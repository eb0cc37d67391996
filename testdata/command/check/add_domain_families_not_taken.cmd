COMMAND=AddDomain
DOMAIN=example.com
DelDomainTag0=a
ZoneTag0=b
AddZoneTag0=c
DelZoneTag0=d
