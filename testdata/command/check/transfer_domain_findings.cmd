COMMAND=TransferDomain
DOMAIN=example.com
DomainTag0=a
ZoneTag0=b
AddDomainTag0=c
DelDomainTag0=d
AddZoneTag0=e
DelZoneTag0=f
