COMMAND=QueryDomainListByContact
CONTACT=P-TEST1
ZoneTag0=a
