SELECT partition, kind, id, document, ver, body FROM row WHERE company = $1 AND body <> ''
