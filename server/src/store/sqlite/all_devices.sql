SELECT device, person, build, seen_at, unsent, newest, newest_place, oldest_place, newest_at, lost,
    lost_at
FROM device
WHERE company = $1
ORDER BY seen_at DESC, device, person
