[COMMAND]
DOMAIN=example.com
EOF
