SELECT grants_ver, digest FROM user_sync WHERE company = $1 AND person = $2
