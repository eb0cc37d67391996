[HEADER]
s_login = account
s_pw = hunter2
[COMMAND]
command = TransferDomain
domain = example.com
auth = hunter3
EOF
