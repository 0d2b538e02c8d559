SELECT kind, body FROM row WHERE company = $1 AND kind IN ('evidence', 'ledger_entry', 'unapplied') AND body <> ''
