COMMAND=StatusDomain
# note
DOMAIN=example.com
