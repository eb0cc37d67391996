COMMAND=QueryDomainRenewList
ZoneTag7=a
DomainTag7=b
ZoneTag1=c
