DOMAIN=example.com


