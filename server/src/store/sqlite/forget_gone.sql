DELETE FROM row WHERE company = $1 AND body = '' AND gone_at < $2
