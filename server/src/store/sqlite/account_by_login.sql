SELECT person, login, password_hash, closed_at
FROM account
WHERE company = $1 AND login = $2
