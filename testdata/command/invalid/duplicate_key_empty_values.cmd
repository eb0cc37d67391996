A=

COMMAND=AddX
 a =
