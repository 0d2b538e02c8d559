INSERT INTO command_log (company, cmd_id, payload_hash, bytes, actor, device, lanes, prevs, outcome,
    reads, changes, claimed_at, received_at, recorded_at)
SELECT $1, value ->> 'cmd_id', value ->> 'payload_hash', value ->> 'bytes', value ->> 'actor',
    value ->> 'device', value ->> 'lanes', value ->> 'prevs', value ->> 'outcome',
    value ->> 'reads', value ->> 'changes', value ->> 'claimed_at', value ->> 'received_at',
    value ->> 'recorded_at'
FROM json_each($2)
