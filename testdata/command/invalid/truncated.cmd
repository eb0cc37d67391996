[COMMAND]
COMMAND=StatusDomain
DOMAIN=example.com
