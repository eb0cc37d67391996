COMMAND=AddDomain
DomainTag4096=a
DOMAINTAG4095=b
DomainTag010=c
DomainTag=d
