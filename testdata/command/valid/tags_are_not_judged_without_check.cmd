COMMAND=TransferDomain
DOMAIN=example.com
DomainTag=a
DomainTag007=b
AddDomainTag4096=c
DelZoneTag99999999999999999999999=d
