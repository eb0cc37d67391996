COMMAND=AddDomain
DelDomainTag0=a
DomainTag0=b
DelDomainTag1=c
