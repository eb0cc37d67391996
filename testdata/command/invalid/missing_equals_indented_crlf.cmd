COMMAND=StatusDomain

	 DOMAIN
