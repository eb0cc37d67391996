COMMAND=[[AddDomain|AddDomain]]
