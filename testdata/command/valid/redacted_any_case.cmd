COMMAND=addx
Auth=a
passWORD=b
authcode=c
s_sessionid=d
OldPassword=e
