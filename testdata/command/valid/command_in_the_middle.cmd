domain=example.org
command=ModifyDomain
nameserver0=ns1.example.net
