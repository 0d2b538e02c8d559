SELECT place, cmd_id, bytes, expected, outcome
FROM job_step
WHERE company = $1 AND job = $2
ORDER BY place
