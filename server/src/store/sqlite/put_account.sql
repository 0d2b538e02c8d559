INSERT INTO account (company, person, login, password_hash, changed_at, closed_at)
VALUES ($1, $2, $3, $4, $5, 0)
ON CONFLICT (company, person) DO UPDATE
SET login = excluded.login, password_hash = excluded.password_hash,
    changed_at = excluded.changed_at, closed_at = 0
