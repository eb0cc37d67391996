COMMAND=StatusDomain 
DOMAIN=example.com	 
EMPTY= 
