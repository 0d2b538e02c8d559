-- CROSS JOIN keeps the order: what is wanted leads, and each of it is looked up by its index.
SELECT row.partition, row.kind, row.id, row.document, row.ver, row.body
FROM json_each($2) AS wanted
CROSS JOIN row ON row.company = $1
    AND row.partition = wanted.value ->> 'partition'
    AND row.document = wanted.value ->> 'document'
    AND row.kind = wanted.value ->> 'kind'
    AND row.id = wanted.value ->> 'id'
WHERE row.body <> ''
ORDER BY row.kind, row.id, row.partition
