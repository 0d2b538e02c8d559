UPDATE invitation SET revoked_at = $2
WHERE company = $1 AND used_at = 0 AND revoked_at = 0
