COMMAND=StatusDomain
EOF
