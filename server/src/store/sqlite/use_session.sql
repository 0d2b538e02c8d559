UPDATE session SET used_at = $3 WHERE company = $1 AND token_hash = $2
