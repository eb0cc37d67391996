COMMAND=AddX
A= a 
B=　b 
C=​
D=﻿d
