COMMAND=AddDomain
AddDomainTag0=a
DOMAIN=example.com
DomainTag0=b
