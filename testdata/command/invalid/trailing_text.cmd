COMMAND=StatusDomain
eof
 
  bye