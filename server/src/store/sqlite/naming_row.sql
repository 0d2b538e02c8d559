SELECT partition, body
FROM row
WHERE company = $1 AND document = $2 AND kind = $3 AND id = $4 AND body <> ''
