COMMAND=AddDomain
DOMAIN=example.com
DomainTag0=a
DomainTag1=b
DomainTag4095=c
