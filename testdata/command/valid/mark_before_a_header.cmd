[HEADER]
s_login=account
[COMMAND]
COMMAND=StatusAccount
EOF
