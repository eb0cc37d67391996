COMMAND=ModifyDomain
DelDomainTag=a
DelDomainTag01=b
DelDomainTag4096=c
AddDomainTag04096=d
