
  [command]
