  command = "AddX"
