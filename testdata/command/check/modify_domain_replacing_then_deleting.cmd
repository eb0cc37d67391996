COMMAND=ModifyDomain
DomainTag0=a
DelDomainTag0=b
AddDomainTag0=c
