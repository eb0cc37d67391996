A=1
COMMAND=Add Domain
