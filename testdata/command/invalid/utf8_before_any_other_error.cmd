plain
b c=1
COMMAND=
A=þ
