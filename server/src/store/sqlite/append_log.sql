INSERT INTO command_log (company, cmd_id, turn, payload_hash, bytes, actor, device, lanes, prevs,
    word, outcome, reads, touched, changes, places, engine, claimed_at, received_at, recorded_at)
SELECT $1, value ->> 'cmd_id', value ->> 'turn', value ->> 'payload_hash', value ->> 'bytes',
    value ->> 'actor', value ->> 'device', value ->> 'lanes', value ->> 'prevs', value ->> 'word',
    value ->> 'outcome', value ->> 'reads', value ->> 'touched', value ->> 'changes',
    value ->> 'places', value ->> 'engine', value ->> 'claimed_at', value ->> 'received_at',
    value ->> 'recorded_at'
FROM json_each($2)
