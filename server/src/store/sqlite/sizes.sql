SELECT
    (SELECT count(*) FROM command_log WHERE company = $1) AS commands,
    (SELECT count(*) FROM row WHERE company = $1 AND body <> '') AS rows,
    (SELECT count(DISTINCT hash) FROM attachment WHERE company = $1) AS attachments,
    coalesce((
        SELECT sum(bytes) FROM (SELECT DISTINCT hash, bytes FROM attachment WHERE company = $1) AS each
    ), 0) AS attachment_bytes
