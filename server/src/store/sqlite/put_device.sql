INSERT INTO device (company, device, person, build, seen_at, unsent, newest, newest_place,
    oldest_place, newest_at, lost, lost_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
ON CONFLICT (company, device, person) DO UPDATE
SET build = excluded.build, seen_at = excluded.seen_at, unsent = excluded.unsent,
    newest = excluded.newest, newest_place = excluded.newest_place,
    oldest_place = excluded.oldest_place, newest_at = excluded.newest_at,
    lost = max(lost, excluded.lost), lost_at = max(lost_at, excluded.lost_at)
