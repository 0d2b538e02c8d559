SELECT partition, body
FROM row
WHERE company = $1 AND document = $2 AND kind = 'evidence' AND id = $3 AND body <> ''
