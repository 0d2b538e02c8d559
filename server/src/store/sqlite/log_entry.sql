SELECT cmd_id, turn, payload_hash, bytes, actor, device, lanes, prevs, outcome, reads, touched,
    changes, places, engine, claimed_at, received_at, recorded_at
FROM command_log AS entry
WHERE company = $1 AND cmd_id = $2
ORDER BY turn DESC
LIMIT 1
