COMMAND=AddRegistrar
domaintag0=a
ZONETAG=b
aDDdOMAINtAG1=c
deldomaintag=d
ADDZONETAG2=e
DelzoneTag3=f
