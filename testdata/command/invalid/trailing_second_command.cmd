[COMMAND]
COMMAND=StatusDomain
EOF

COMMAND=StatusAccount
