COMMAND=ModifyDomain
DelDomainTag0=a
AddDomainTag0=b
DomainTag0=c
DomainTag1=d
