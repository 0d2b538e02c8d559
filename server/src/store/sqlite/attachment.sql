SELECT media, bytes FROM attachment WHERE company = $1 AND hash = $2 LIMIT 1
