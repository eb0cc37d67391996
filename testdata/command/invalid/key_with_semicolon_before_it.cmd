; a=b
COMMAND=AddX
