SELECT media FROM attachment WHERE company = $1 AND hash = $2 AND person = $3
