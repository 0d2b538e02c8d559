-- Rows as a small installation has them after this migration.

INSERT INTO receipt (company, cmd_id, payload_hash, actor, received_at)
VALUES ('000000000000000000000000000000c1', '000000000000000000000000000000f3', 'def',
    '000000000000000000000000000000a1', 1795000000000);

INSERT INTO command_log (company, cmd_id, turn, payload_hash, bytes, actor, device, lanes, prevs,
    word, outcome, reads, touched, changes, places, engine, claimed_at, received_at, recorded_at)
VALUES ('000000000000000000000000000000c1', '000000000000000000000000000000f4', 1, 'abc', '{',
    '000000000000000000000000000000a1', '000000000000000000000000000000f2', '[]', '[]',
    'quarantined', '{"outcome":"quarantined","refusal":{"code":"malformed","at":"x"}}', '[]',
    '[["user/000000000000000000000000000000a1",2]]', '[]', '[]', 2,
    1795000000000, 1795000000000, 1795000000000);

INSERT INTO reading (company, cmd_id, reader, read_at)
VALUES ('000000000000000000000000000000c1', '000000000000000000000000000000f4',
    '000000000000000000000000000000a1', 1795000000000);

INSERT INTO device (company, device, person, build, seen_at, unsent, newest, newest_place,
    oldest_place, newest_at, lost, lost_at)
VALUES ('000000000000000000000000000000c1', '000000000000000000000000000000f2',
    '000000000000000000000000000000a1', '0.1.0', 1795000000000, 3,
    '000000000000000000000000000000f3', 9, 7, 1795000000000, 0, 0);

INSERT INTO job (company, id, kind, made_by, args, digest, state, staged_at, begun_at, ended_at)
VALUES ('000000000000000000000000000000c1', '000000000000000000000000000000f5', 'seal',
    '000000000000000000000000000000a1', '{}', 'abc', 'staged', 1795000000000, 0, 0);

INSERT INTO job_step (company, job, place, cmd_id, bytes, expected, outcome)
VALUES ('000000000000000000000000000000c1', '000000000000000000000000000000f5', 0,
    '000000000000000000000000000000f6', '{}', '', '');
