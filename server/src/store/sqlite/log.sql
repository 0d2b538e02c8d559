SELECT cmd_id, turn, payload_hash, bytes, actor, device, lanes, prevs, outcome, reads, touched,
    changes, places, engine, claimed_at, received_at, recorded_at
FROM command_log
WHERE company = $1
ORDER BY recorded_at, cmd_id, turn
