COMMAND=ModifyDomain
DOMAIN=example.com
NAMESERVER0=ns0.example.net
NAMESERVER2=ns2.example.net
ADDRR7=www 300 IN A 192.0.2.7
