COMMAND=AddDomain
DOMAIN=example.com
AddDomainTag0=a
ADDDOMAINTAG4095=b
