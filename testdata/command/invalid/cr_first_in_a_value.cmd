COMMAND=AddX
A=  y
