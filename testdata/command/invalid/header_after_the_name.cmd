COMMAND=StatusDomain

 	[Command]
