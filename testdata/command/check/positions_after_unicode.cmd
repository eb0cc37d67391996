COMMAND=QueryDomainList
DomainTag0=…€🦀
DomainTag=x