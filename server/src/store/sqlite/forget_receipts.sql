DELETE FROM receipt WHERE company = $1 AND received_at < $2
