[HEADER]
s_login=account
S_LOGIN=other
[COMMAND]
COMMAND=X
EOF
