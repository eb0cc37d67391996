COMMAND=ModifyDomain
DomainTag=a
DomainTag00=b
DomainTag4095=c
DomainTag123456789=d
