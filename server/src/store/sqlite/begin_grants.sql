INSERT INTO user_sync (company, person, grants_ver, digest)
VALUES ($1, $2, $3, $4)
ON CONFLICT (company, person) DO NOTHING
