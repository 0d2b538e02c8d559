DELETE FROM account WHERE company = $1
