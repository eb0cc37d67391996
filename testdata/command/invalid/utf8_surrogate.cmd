COMMAND=AddX
A=Ã©í €
