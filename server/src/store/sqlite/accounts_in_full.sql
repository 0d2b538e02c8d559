SELECT person, login, changed_at, closed_at FROM account WHERE company = $1
