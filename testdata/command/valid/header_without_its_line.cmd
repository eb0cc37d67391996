s_login = account
s_pw = hunter2

[COMMAND]
COMMAND = StatusAccount
EOF
