COMMAND=AddX

A=1
