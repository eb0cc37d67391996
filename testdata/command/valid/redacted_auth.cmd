COMMAND=ModifyDomain
DOMAIN=example.com
AUTH=tok%25en&1
AUTHCODE=zz
