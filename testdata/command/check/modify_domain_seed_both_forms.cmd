COMMAND=ModifyDomain
DomainTag0=
DomainTagN=
AddDomainTag0=
AddDomainTagN=
DelDomainTag0=
DelDomainTagN=
