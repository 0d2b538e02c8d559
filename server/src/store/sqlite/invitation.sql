SELECT person, made_by, expires_at, used_at, revoked_at FROM invitation
WHERE company = $1 AND code_hash = $2
