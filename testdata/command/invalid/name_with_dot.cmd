COMMAND=Add.Domain
