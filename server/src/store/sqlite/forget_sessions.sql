DELETE FROM session WHERE company = $1
