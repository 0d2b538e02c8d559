UPDATE invitation SET revoked_at = $3
WHERE company = $1 AND person = $2 AND used_at = 0 AND revoked_at = 0
