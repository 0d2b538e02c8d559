SELECT cmd_id, turn, payload_hash, bytes, actor, device, lanes, prevs, outcome, reads, touched,
    changes, places, engine, claimed_at, received_at, recorded_at
FROM command_log AS entry
WHERE company = $1
    AND (word = 'quarantined' OR word = 'rejected' AND outcome ->> '$.refusal.code' = 'forbidden')
    AND NOT EXISTS (
        SELECT 1 FROM command_log AS later
        WHERE later.company = $1 AND later.cmd_id = entry.cmd_id AND later.turn > entry.turn
    )
ORDER BY recorded_at DESC, cmd_id
LIMIT 1000
