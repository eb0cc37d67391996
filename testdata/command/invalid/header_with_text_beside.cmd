[COMMAND] StatusDomain
