[COMMAND]
COMMAND=X
[HEADER]
s_login=account
EOF
