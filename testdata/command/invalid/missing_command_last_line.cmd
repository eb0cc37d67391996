DOMAIN=example.com
PERIOD=1
