COMMAND=AddDomain
DomainTag0=a
DomainTag1=b
DOMAINTAG0=c
