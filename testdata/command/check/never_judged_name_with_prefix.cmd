COMMAND=X-TransferDomain
DomainTag0=a
