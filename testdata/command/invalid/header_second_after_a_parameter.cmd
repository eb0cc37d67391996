
[COMMAND]
COMMAND=StatusDomain
  [command]
EOF
