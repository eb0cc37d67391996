command=AddDomain
Domain=example.com
OwnerContact0=P-TEST1
ADMINCONTACT0=P-TEST2
techcontact0=P-TEST3
