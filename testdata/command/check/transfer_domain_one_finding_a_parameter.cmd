COMMAND=TransferDomain
DomainTag=a
DOMAINTAG007=b
AddDomainTag99999=c
