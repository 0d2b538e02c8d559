DELETE FROM attachment
WHERE company = $1 AND hash = $2
    AND NOT EXISTS (
        SELECT 1 FROM attachment
        WHERE company = $1 AND hash = $2 AND received_at >= $3
    )
