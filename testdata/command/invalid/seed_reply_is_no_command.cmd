code = 200
description = Command completed successfully
runtime = 0.009
property[column][0] = domain
