COMMAND=ModifyDomain
ADDDOMAINTAG0=a
domaintag0=b
