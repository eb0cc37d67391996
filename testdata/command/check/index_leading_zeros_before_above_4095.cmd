COMMAND=QueryDomainList
ZoneTag04096=a
ZoneTag04095=b
ZoneTag000=c
