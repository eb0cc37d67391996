[COMMAND]
COMMAND=StatusDomain

 
