[[AddDomain|AddDomain]]
DomainTag0=
DomainTagN=
- or -
AddDomainTag0=
AddDomainTagN=
