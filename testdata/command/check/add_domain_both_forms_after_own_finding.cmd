COMMAND=AddDomain
DomainTag0=a
AddDomainTag=b
AddDomainTag1=c
