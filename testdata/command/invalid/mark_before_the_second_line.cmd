COMMAND=X
﻿DOMAIN=example.com
