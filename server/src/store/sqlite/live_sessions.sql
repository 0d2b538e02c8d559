SELECT person, begun_at, used_at FROM session
WHERE company = $1 AND used_at >= $2
ORDER BY used_at DESC
