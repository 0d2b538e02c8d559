UPDATE invitation SET used_at = $3
WHERE company = $1 AND code_hash = $2 AND used_at = 0 AND revoked_at = 0 AND expires_at > $3
