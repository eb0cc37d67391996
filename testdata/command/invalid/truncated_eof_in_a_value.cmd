[COMMAND]
COMMAND=StatusDomain
X=EOF
