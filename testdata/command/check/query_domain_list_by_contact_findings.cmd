COMMAND=QueryDomainListByContact
CONTACT=P-TEST1
ZoneTag=a
DelZoneTag=b
ZoneTag9999=c
DomainTag0004=d
DelDomainTag4=e
