INSERT INTO partition (company, id, head, floor, checksum, chain_hash)
SELECT $1, value ->> 'id', value ->> 'head', 0, value ->> 'checksum', value ->> 'chain_hash'
FROM json_each($2)
WHERE true
ON CONFLICT (company, id) DO UPDATE
SET head = excluded.head, checksum = excluded.checksum, chain_hash = excluded.chain_hash
