COMMAND=AddX
Auth=hunter2
AUTH=hunter3
