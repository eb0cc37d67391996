COMMAND=ModifyDomain
DelDomainTag0=a
