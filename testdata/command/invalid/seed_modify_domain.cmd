[[ModifyDomain|ModifyDomain]]
DomainTag0=
DomainTagN=
- or -
AddDomainTag0=
AddDomainTagN=
DelDomainTag0=
DelDomainTagN=
