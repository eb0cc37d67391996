COMMAND=StatusDomain
DOMAIN=example.com
WIDE=1
LOG=
