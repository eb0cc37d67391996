DomainTag0=a
AddDomainTag0=b
DelDomainTag0=c
DOMAIN=example.com
COMMAND=AddDomain
