[[AddDomain|AddDomain]]=
