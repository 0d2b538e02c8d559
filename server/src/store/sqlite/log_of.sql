SELECT cmd_id, payload_hash, actor, outcome
FROM command_log
WHERE company = $1 AND cmd_id IN (SELECT value FROM json_each($2))
ORDER BY cmd_id, turn
