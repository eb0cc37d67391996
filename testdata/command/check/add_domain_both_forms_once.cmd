COMMAND=AddDomain
DomainTag0=a
DomainTag1=b
AddDomainTag0=c
DomainTag2=d
AddDomainTag1=e
