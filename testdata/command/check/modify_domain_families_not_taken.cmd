COMMAND=ModifyDomain
ZoneTag0=a
AddZoneTag=b
DelZoneTag007=c
