INSERT INTO meta (company, server_epoch, begun_at) VALUES ($1, $2, $3)
