COMMAND=AddDomain
DomainTag0=
DomainTagN=
