DOMAIN=example.com
[COMMAND]
COMMAND=StatusDomain
EOF
