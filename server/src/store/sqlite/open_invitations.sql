SELECT person, max(expires_at) AS expires_at FROM invitation
WHERE company = $1 AND used_at = 0 AND revoked_at = 0 AND expires_at > $2
GROUP BY person
