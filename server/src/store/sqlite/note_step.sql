UPDATE job_step SET outcome = $4 WHERE company = $1 AND job = $2 AND place = $3
