COMMAND=AddDomain
DomainTag0=a
AddDomainTag0=b
