SELECT person, coalesce(closed_at, 0) AS closed_at FROM account WHERE company = $1
