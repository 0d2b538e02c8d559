INSERT INTO receipt (company, cmd_id, payload_hash, actor, received_at)
SELECT $1, value ->> 'cmd_id', value ->> 'payload_hash', value ->> 'actor', value ->> 'received_at'
FROM json_each($2)
WHERE NOT EXISTS (
    SELECT 1 FROM command_log
    WHERE company = $1 AND cmd_id = value ->> 'cmd_id'
)
ON CONFLICT (company, cmd_id, payload_hash, actor) DO UPDATE
SET received_at = min(received_at, excluded.received_at)
RETURNING cmd_id, received_at
