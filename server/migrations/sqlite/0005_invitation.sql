-- Invitations to join. Only the digest of a code is kept, and rows stay: who invited whom, and what
-- became of it.
CREATE TABLE invitation (
    company TEXT NOT NULL,
    code_hash TEXT NOT NULL,
    person TEXT NOT NULL,
    made_by TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    -- 0 while it was not.
    used_at BIGINT NOT NULL,
    revoked_at BIGINT NOT NULL,
    PRIMARY KEY (company, code_hash)
);

CREATE INDEX invitation_by_person ON invitation (company, person);
