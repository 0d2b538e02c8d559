INSERT INTO job (company, id, kind, made_by, args, digest, state, staged_at, begun_at, ended_at)
VALUES ($1, $2, $3, $4, $5, $6, 'staged', $7, 0, 0)
