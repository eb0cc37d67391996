COMMAND=AddDomain
DomainTag=a
