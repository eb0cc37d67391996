
 	
[COMMAND]

COMMAND=StatusDomain

EOF

 
	
