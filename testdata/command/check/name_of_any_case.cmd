command=tRANSFERdOMAIN
DomainTag0=a
