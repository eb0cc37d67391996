COMMAND=ModifyRegistrar
AddZoneTag0=a
AddZoneTag4095=b
DelZoneTag0=c
DelZoneTag4095=d
