A=1

Command=AddX
B=2
  cOMMAND=DelX
