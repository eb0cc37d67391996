COMMAND=TransferDomain
DOMAIN=example.com
AUTH=a
