UPDATE meta SET server_epoch = $2, begun_at = $3 WHERE company = $1
