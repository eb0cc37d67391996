COMMAND=ModifyDomain
AddDomainTag0=a
DomainTag00=b
