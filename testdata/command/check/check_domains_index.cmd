COMMAND=CheckDomains
DOMAIN0=example
ZoneTag0=a
