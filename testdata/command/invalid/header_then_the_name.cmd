[HEADER]
s_login=account
COMMAND=StatusAccount
EOF
