INSERT INTO job_step (company, job, place, cmd_id, bytes, expected, outcome)
SELECT $1, $2, value ->> 'place', value ->> 'cmd_id', value ->> 'bytes', value ->> 'expected', ''
FROM json_each($3)
