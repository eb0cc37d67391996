COMMAND=CheckDomains
DOMAIN10=k.test
DOMAIN2=c.test
B=2
DOMAIN0=a.test
A=1
