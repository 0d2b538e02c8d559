INSERT INTO row (company, partition, kind, id, document, home, ver, body, gone_at)
SELECT $1, value ->> 'partition', value ->> 'kind', value ->> 'id', value ->> 'document',
    value ->> 'home', value ->> 'ver', value ->> 'body', value ->> 'gone_at'
FROM json_each($2)
WHERE true
ON CONFLICT (company, partition, document, kind, id) DO UPDATE
SET home = excluded.home, ver = excluded.ver, body = excluded.body, gone_at = excluded.gone_at
