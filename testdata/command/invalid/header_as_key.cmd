[COMMAND]=StatusDomain
