[HEADER]
s_login=account
[COMMAND]
COMMAND=X
