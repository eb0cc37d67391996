COMMAND=StatusDomain
EOF
 
