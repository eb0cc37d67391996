COMMAND=StatusDomain
DOMAIN example.com
