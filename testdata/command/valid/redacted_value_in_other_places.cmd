NOTE=hunter2
PASSWORD = hunter2 = AUTH=x 
COMMAND=hunter2
DATA0=PASSWORD=hunter2
