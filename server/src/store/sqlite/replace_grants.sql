UPDATE user_sync
SET grants_ver = $3, digest = $4
WHERE company = $1 AND person = $2 AND grants_ver = $5
