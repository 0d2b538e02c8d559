SELECT partition, kind, id, document, ver, body
FROM row
WHERE company = $1 AND partition = $2 AND ver > $3
ORDER BY ver, kind, id
