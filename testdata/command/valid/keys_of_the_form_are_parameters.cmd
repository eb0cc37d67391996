COMMAND=StartSession
persistent=1
s_login=acme
s_command=x
S_OPMODE=OTE
