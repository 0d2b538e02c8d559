INSERT INTO session (company, token_hash, person, begun_at, used_at) VALUES ($1, $2, $3, $4, $5)
