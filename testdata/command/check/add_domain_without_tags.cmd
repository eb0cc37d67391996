COMMAND=AddDomain
DOMAIN=example.com
PERIOD=1
