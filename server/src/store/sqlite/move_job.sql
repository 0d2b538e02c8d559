UPDATE job
SET state = $4,
    begun_at = CASE WHEN $4 = 'running' THEN $5 ELSE begun_at END,
    ended_at = CASE WHEN $4 = 'running' THEN ended_at ELSE $5 END
WHERE company = $1 AND id = $2 AND state = $3
