SELECT partition, kind, id, document, ver, body
FROM row
WHERE company = $1
    AND document IN (
        SELECT id FROM row
        WHERE company = $1 AND partition IN (SELECT value FROM json_each($2))
            AND kind = 'plan' AND body <> ''
    )
    AND kind = 'plan' AND body <> ''
ORDER BY kind, id, partition
