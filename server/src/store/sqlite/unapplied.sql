-- Only these partitions hold such rows; naming their range spares reading all others. It is a range
-- of bytes, as in the collation "C".
SELECT body FROM row
WHERE company = $1 AND partition >= 'user/' AND partition < 'user0' AND document = ''
    AND kind = 'unapplied' AND body <> ''
LIMIT 10000
