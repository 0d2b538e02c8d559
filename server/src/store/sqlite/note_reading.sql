INSERT INTO reading (company, cmd_id, reader, read_at) VALUES ($1, $2, $3, $4)
