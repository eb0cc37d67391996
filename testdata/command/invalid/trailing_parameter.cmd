COMMAND=StatusDomain
EOF
DOMAIN=example.com
