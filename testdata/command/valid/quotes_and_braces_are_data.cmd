COMMAND=AddX
A="quoted"
B='single'
C={JSON: "\u0041"}
D=a\nb\
E=<b>&amp;</b>
F=# no comment
G=; neither
