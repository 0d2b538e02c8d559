SELECT
    (SELECT count(*) FROM account WHERE company = $1 AND closed_at = 0) AS accounts,
    EXISTS (SELECT 1 FROM row WHERE company = $1 AND kind = 'item' AND body <> '') AS drafted,
    EXISTS (
        SELECT 1 FROM row
        WHERE company = $1 AND kind = 'plan' AND body <> '' AND body ->> '$.row.state' <> 'draft'
    ) AS handed_in
