-- Every table leads with the company, so that a large installation can be divided by it.

CREATE TABLE meta (
    company TEXT NOT NULL PRIMARY KEY,
    -- New at creation and at every restore; devices compare it.
    server_epoch TEXT NOT NULL,
    begun_at BIGINT NOT NULL
);

CREATE TABLE partition (
    company TEXT NOT NULL,
    id TEXT NOT NULL,
    -- Version of the last applied command.
    head BIGINT NOT NULL,
    -- Removals up to this version are forgotten; an older cursor gets everything.
    floor BIGINT NOT NULL,
    -- The 64 bits of an unsigned sum, kept as signed.
    checksum BIGINT NOT NULL,
    chain_hash TEXT NOT NULL,
    PRIMARY KEY (company, id)
);

CREATE TABLE row (
    company TEXT NOT NULL,
    partition TEXT NOT NULL,
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    -- The plan whose document the row belongs to; empty for rows of the organisation.
    document TEXT NOT NULL,
    home BIGINT NOT NULL,
    ver BIGINT NOT NULL,
    -- The row's JSON; empty when it is gone from this partition.
    body TEXT NOT NULL,
    PRIMARY KEY (company, partition, document, kind, id)
);

CREATE INDEX row_by_ver ON row (company, partition, ver);
CREATE INDEX row_by_document ON row (company, document);

CREATE TABLE command_log (
    company TEXT NOT NULL,
    cmd_id TEXT NOT NULL,
    payload_hash TEXT NOT NULL,
    bytes TEXT NOT NULL,
    actor TEXT NOT NULL,
    device TEXT NOT NULL,
    lanes TEXT NOT NULL,
    prevs TEXT NOT NULL,
    outcome TEXT NOT NULL,
    -- Partitions that deciding only read, with their versions.
    reads TEXT NOT NULL,
    changes TEXT NOT NULL,
    claimed_at BIGINT NOT NULL,
    received_at BIGINT NOT NULL,
    recorded_at BIGINT NOT NULL,
    PRIMARY KEY (company, cmd_id)
);

-- The grant list that a person was last sent.
CREATE TABLE user_sync (
    company TEXT NOT NULL,
    person TEXT NOT NULL,
    grants_ver BIGINT NOT NULL,
    digest TEXT NOT NULL,
    PRIMARY KEY (company, person)
);

CREATE TABLE account (
    company TEXT NOT NULL,
    person TEXT NOT NULL,
    login TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    changed_at BIGINT NOT NULL,
    PRIMARY KEY (company, person),
    UNIQUE (company, login)
);

CREATE TABLE session (
    company TEXT NOT NULL,
    token_hash TEXT NOT NULL,
    person TEXT NOT NULL,
    begun_at BIGINT NOT NULL,
    used_at BIGINT NOT NULL,
    PRIMARY KEY (company, token_hash)
);

CREATE INDEX session_by_person ON session (company, person);
