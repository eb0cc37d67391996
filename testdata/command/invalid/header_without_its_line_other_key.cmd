s_login=account
DOMAIN=example.com
[COMMAND]
COMMAND=X
EOF
