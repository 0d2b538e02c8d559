SELECT count(*) AS tables FROM sqlite_master WHERE type = 'table' AND name = 'attachment'
