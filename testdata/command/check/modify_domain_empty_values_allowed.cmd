COMMAND=ModifyDomain
DomainTag0=
DomainTag1=
