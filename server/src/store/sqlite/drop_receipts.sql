DELETE FROM receipt
WHERE company = $1 AND cmd_id IN (SELECT value ->> 'cmd_id' FROM json_each($2))
