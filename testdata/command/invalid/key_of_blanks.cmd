COMMAND=AddX
 	 = x
