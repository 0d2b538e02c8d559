SELECT ver, body
FROM row
WHERE company = $1 AND partition = 'org' AND ver > $2 AND body <> ''
ORDER BY ver
