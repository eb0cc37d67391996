COMMAND=AddDomain
DomainTag=a
AddDomainTag4096=b
DomainTag01=c
