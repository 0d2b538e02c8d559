DELETE FROM session WHERE company = $1 AND person = $2
