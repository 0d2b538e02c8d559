DELETE FROM session WHERE company = $1 AND token_hash = $2
