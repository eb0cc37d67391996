COMMAND=QueryDomainHistoryList
DOMAIN=*.test
DomainTag0=
