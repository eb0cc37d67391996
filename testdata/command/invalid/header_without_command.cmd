[HEADER]
s_login=account
