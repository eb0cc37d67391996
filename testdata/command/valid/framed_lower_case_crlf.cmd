[command]
Command=StatusDomain
Domain=example.com
eof
