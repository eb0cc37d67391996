COMMAND = AddDomain
DOMAIN  =  example.com
PERIOD	=	1
AUTO	 =1
WIDE= 	0
