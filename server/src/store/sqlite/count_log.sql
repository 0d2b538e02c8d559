SELECT count(*) AS commands FROM command_log WHERE company = $1
