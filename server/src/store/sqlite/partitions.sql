SELECT id FROM partition WHERE company = $1 ORDER BY id
