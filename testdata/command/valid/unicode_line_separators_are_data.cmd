COMMAND=AddX
A=a b cd
B=1
