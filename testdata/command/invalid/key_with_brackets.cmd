COMMAND=AddX
DomainTag[0]=x
