DOMAIN=example.com
PERIOD=2
COMMAND=RenewDomain
