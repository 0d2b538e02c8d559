SELECT id, head, floor, checksum, chain_hash
FROM partition
WHERE company = $1 AND id IN (SELECT value FROM json_each($2))
