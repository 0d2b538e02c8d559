SELECT hash, max(received_at) AS received_at
FROM attachment
WHERE company = $1
GROUP BY hash
ORDER BY hash
