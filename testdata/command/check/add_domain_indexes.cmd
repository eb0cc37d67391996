COMMAND=AddDomain
AddDomainTag4095=a
AddDomainTag4096=b
AddDomainTag0004=c
AddDomainTag00=d
AddDomainTag0=e
