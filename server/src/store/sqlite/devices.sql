SELECT device, person, build, seen_at, unsent, newest, newest_place, oldest_place, newest_at, lost,
    lost_at
FROM device
WHERE company = $1 AND (unsent > 0 OR lost > 0)
ORDER BY newest_at, device, person
