COMMAND=ModifyDomain
X-TEST=