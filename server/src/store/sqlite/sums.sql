SELECT id, checksum FROM partition WHERE company = $1
