
[COMMAND]
  COMMAND = CheckDomains

	 DomainTag0 = é
 ZoneTag1 = b 
EOF
