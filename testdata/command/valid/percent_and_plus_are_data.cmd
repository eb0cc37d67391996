COMMAND=AddX
A=100%25
B=a+b%0Ac
C=x&y=z
