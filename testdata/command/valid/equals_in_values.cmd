COMMAND=AddX
A=x=y
B===
C = = d = e =
F0=MIIB+/Zz0QQ==
