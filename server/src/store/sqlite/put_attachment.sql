INSERT INTO attachment (company, hash, person, media, bytes, received_at)
VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (company, hash, person) DO UPDATE SET received_at = excluded.received_at
