-- A row that left a partition after this migration.

INSERT INTO row (company, partition, kind, id, document, home, ver, body, gone_at) VALUES
    ('000000000000000000000000000000c1', 'user/000000000000000000000000000000a1', 'item',
     '000000000000000000000000000000b2', '000000000000000000000000000000d1', 0, 2, '', 1795000000000);
