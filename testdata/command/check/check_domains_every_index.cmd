COMMAND=CheckDomains
ZoneTag=a
ZoneTag0=b
ZoneTag007=c
ZoneTag4096=d
