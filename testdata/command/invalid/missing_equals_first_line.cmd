StatusDomain
DOMAIN=example.com
