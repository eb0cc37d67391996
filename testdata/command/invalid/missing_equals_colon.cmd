COMMAND: StatusDomain
