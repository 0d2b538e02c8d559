DELETE FROM session WHERE company = $1 AND used_at < $2
