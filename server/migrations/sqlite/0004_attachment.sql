-- Files that were handed in, one line for each person who did; their bytes lie beside the database.
CREATE TABLE attachment (
    company TEXT NOT NULL,
    -- SHA-256 of the bytes, which is also the name of the file.
    hash TEXT NOT NULL,
    person TEXT NOT NULL,
    -- What the content says that it is.
    media TEXT NOT NULL,
    bytes BIGINT NOT NULL,
    received_at BIGINT NOT NULL,
    PRIMARY KEY (company, hash, person)
);

CREATE INDEX attachment_by_person ON attachment (company, person);
