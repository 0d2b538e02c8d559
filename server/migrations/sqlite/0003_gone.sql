-- Removals are forgotten after a while, so each says since when its row is gone; 0 for rows that
-- stand. Those of before are counted from the last act, and none is forgotten too early.
ALTER TABLE row ADD COLUMN gone_at BIGINT NOT NULL DEFAULT 0;

UPDATE row
SET gone_at = (
    SELECT coalesce(max(recorded_at), 0) FROM command_log WHERE command_log.company = row.company
)
WHERE body = '';

CREATE INDEX row_gone ON row (company, gone_at) WHERE body = '';
