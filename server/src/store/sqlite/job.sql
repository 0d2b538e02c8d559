SELECT id, kind, made_by, args, digest, state, staged_at, begun_at, ended_at
FROM job
WHERE company = $1 AND id = $2
