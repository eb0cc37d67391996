COMMAND=ModifyDomain
DOMAIN=example.com
DomainTag0=a
