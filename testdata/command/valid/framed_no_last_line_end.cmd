[COMMAND]
COMMAND = QueryDomainList
ZoneTag0 = D
EOF