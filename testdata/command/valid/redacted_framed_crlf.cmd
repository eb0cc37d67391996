[COMMAND]
auth = sécret 
command = TransferDomain
domain = example.com
EOF
