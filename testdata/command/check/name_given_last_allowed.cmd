AddDomainTag0=b
DelDomainTag0=c
command=modifydomain
