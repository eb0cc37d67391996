COMMAND=ModifyRegistrar
ZoneTag0=a
AddZoneTag0=b
DelZoneTag0=c
