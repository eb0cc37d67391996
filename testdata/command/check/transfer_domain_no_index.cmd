COMMAND=TransferDomain
ZoneTag=a
DelDomainTag=b
