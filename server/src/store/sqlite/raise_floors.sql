UPDATE partition
SET floor = gone.ver
FROM (
    SELECT partition, max(ver) AS ver
    FROM row
    WHERE company = $1 AND body = '' AND gone_at < $2
    GROUP BY partition
) AS gone
WHERE partition.company = $1 AND partition.id = gone.partition AND partition.floor < gone.ver
