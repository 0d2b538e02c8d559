SELECT
    coalesce((SELECT sum(bytes) FROM attachment WHERE company = $1 AND person = $2), 0) AS own,
    coalesce((
        SELECT sum(bytes) FROM (SELECT DISTINCT hash, bytes FROM attachment WHERE company = $1) AS each
    ), 0) AS whole,
    (SELECT count(*) FROM attachment WHERE company = $1 AND hash = $3) AS copies,
    (SELECT count(*) FROM attachment WHERE company = $1 AND hash = $3 AND person = $2) AS again
