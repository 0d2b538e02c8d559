-- CROSS JOIN keeps the order: what is wanted leads, and each of it is looked up by its index.
SELECT row.partition, row.kind, row.id, row.document, row.ver, row.body
FROM json_each($2) AS wanted
CROSS JOIN row ON row.company = $1
    AND row.partition = wanted.value ->> 'partition'
    AND row.ver > (wanted.value ->> 'after')
ORDER BY row.partition, row.ver, row.kind, row.id
