COMMAND=AddX
A=
B=b
C=[0m
D=
E=a	b
