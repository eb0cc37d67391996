[COMMAND]
DOMAIN=example.com
