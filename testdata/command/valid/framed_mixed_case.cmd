[Command]
command=StatusDomain
domain=example.com
eOf
