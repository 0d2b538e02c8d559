UPDATE account SET closed_at = $3 WHERE company = $1 AND person = $2
