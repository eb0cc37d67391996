COMMAND=StatusAccount
EOF
﻿
