[COMMAND]
COMMAND=StatusDomain
EOF
