SELECT person, login, password_hash FROM account WHERE company = $1 AND person = $2
