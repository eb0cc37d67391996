[COMMAND]
DOMAIN=example.com
COMMAND=StatusDomain
EOF
