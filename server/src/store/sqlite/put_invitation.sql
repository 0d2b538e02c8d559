INSERT INTO invitation
    (company, code_hash, person, made_by, made_at, expires_at, used_at, revoked_at)
VALUES ($1, $2, $3, $4, $5, $6, 0, 0)
