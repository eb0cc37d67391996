COMMAND=AddX

A=ô€€
