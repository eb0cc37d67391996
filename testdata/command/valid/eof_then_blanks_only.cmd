COMMAND=StatusDomain
EOF

   