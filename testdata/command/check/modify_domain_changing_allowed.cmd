COMMAND=ModifyDomain
DOMAIN=example.com
AddDomainTag0=a
DelDomainTag0=b
DelDomainTag4095=c
AddDomainTag1=d
