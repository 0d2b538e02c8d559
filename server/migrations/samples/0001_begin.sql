-- Rows as a small installation has them; later migrations are tried on these.

INSERT INTO meta (company, server_epoch, begun_at)
VALUES ('000000000000000000000000000000c1', '000000000000000000000000000000e1', 1793923200000);

INSERT INTO partition (company, id, head, floor, checksum, chain_hash) VALUES
    ('000000000000000000000000000000c1', 'org', 2, 0, -77, 'c0ffee'),
    ('000000000000000000000000000000c1', 'user/000000000000000000000000000000a1', 1, 0, 12, 'beef');

INSERT INTO row (company, partition, kind, id, document, home, ver, body) VALUES
    ('000000000000000000000000000000c1', 'org', 'person', '000000000000000000000000000000a1', '', 1, 1,
     '{"kind":"person","row":{"id":"000000000000000000000000000000a1","name":"王芳"}}'),
    ('000000000000000000000000000000c1', 'user/000000000000000000000000000000a1', 'item',
     '000000000000000000000000000000b1', '000000000000000000000000000000d1', 0, 1, '');

INSERT INTO command_log (company, cmd_id, payload_hash, bytes, actor, device, lanes, prevs, outcome,
    reads, changes, claimed_at, received_at, recorded_at)
VALUES ('000000000000000000000000000000c1', '000000000000000000000000000000f1', 'abc',
    '{"kind":"add_person"}', '000000000000000000000000000000a1', '000000000000000000000000000000f2',
    '["org"]', '[]', '{"outcome":"applied","touched":[["org",1]]}', '[]', '[]',
    1793923200000, 1793923200000, 1793923200000);

INSERT INTO user_sync (company, person, grants_ver, digest)
VALUES ('000000000000000000000000000000c1', '000000000000000000000000000000a1', 3, 'abc');

INSERT INTO account (company, person, login, password_hash, changed_at)
VALUES ('000000000000000000000000000000c1', '000000000000000000000000000000a1', 'wangfang',
    '$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHRzYWx0c2FsdA$AAAA', 1793923200000);

INSERT INTO session (company, token_hash, person, begun_at, used_at)
VALUES ('000000000000000000000000000000c1', 'abc', '000000000000000000000000000000a1',
    1793923200000, 1793923200000);
