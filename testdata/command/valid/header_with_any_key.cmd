[header]
From=me
DOMAIN=in.the.header.test
[command]
COMMAND=StatusDomain
DOMAIN=example.com
EOF
