COMMAND=AddX
ns.0=x
