SELECT session.person, session.used_at, coalesce(account.closed_at, 0) AS closed_at
FROM session
LEFT JOIN account ON account.company = session.company AND account.person = session.person
WHERE session.company = $1 AND session.token_hash = $2
