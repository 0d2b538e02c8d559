SELECT id FROM job WHERE company = $1 AND state = 'running' ORDER BY begun_at, id
