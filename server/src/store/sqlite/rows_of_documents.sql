SELECT partition, kind, id, document, ver, body
FROM row
WHERE company = $1 AND document IN (SELECT value FROM json_each($2)) AND body <> ''
ORDER BY kind, id, partition
