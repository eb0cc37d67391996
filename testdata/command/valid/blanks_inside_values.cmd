COMMAND=AddContact
STREET0=1  Main	Street 
CITY= New   Test Town
