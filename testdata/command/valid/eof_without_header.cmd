COMMAND=StatusDomain
DOMAIN=example.com
EOF
