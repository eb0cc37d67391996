COMMAND=X
DO​MAIN=example.com
