-- What it takes to lose nothing: arrivals, a log that can be replayed, devices, and jobs.

-- When a command first arrived; dropped once the log has it.
CREATE TABLE receipt (
    company TEXT NOT NULL,
    cmd_id TEXT NOT NULL,
    payload_hash TEXT NOT NULL,
    actor TEXT NOT NULL,
    received_at BIGINT NOT NULL,
    PRIMARY KEY (company, cmd_id, payload_hash, actor)
);

CREATE TABLE log (
    company TEXT NOT NULL,
    cmd_id TEXT NOT NULL,
    -- 0 when it arrived; 1 when it was released from quarantine.
    turn BIGINT NOT NULL,
    payload_hash TEXT NOT NULL,
    bytes TEXT NOT NULL,
    actor TEXT NOT NULL,
    device TEXT NOT NULL,
    lanes TEXT NOT NULL,
    prevs TEXT NOT NULL,
    -- The word of the outcome, and the whole of it.
    word TEXT NOT NULL,
    outcome TEXT NOT NULL,
    -- Partitions that deciding stood on, with their versions before the command.
    reads TEXT NOT NULL,
    -- Partitions in which it took effect, with their versions after it.
    touched TEXT NOT NULL,
    changes TEXT NOT NULL,
    -- Where the row of each change stands, as places in touched.
    places TEXT NOT NULL,
    -- The version of the rules that decided; 0 from before it was kept.
    engine BIGINT NOT NULL,
    claimed_at BIGINT NOT NULL,
    received_at BIGINT NOT NULL,
    recorded_at BIGINT NOT NULL,
    PRIMARY KEY (company, cmd_id, turn)
);

INSERT INTO log (company, cmd_id, turn, payload_hash, bytes, actor, device, lanes, prevs, word,
    outcome, reads, touched, changes, places, engine, claimed_at, received_at, recorded_at)
SELECT company, cmd_id, 0, payload_hash, bytes, actor, device, lanes, prevs, outcome ->> 'outcome',
    outcome, reads, coalesce(outcome -> 'touched', '[]'), changes, '[]', 0, claimed_at,
    received_at, recorded_at
FROM command_log
ORDER BY rowid;

DROP TABLE command_log;
ALTER TABLE log RENAME TO command_log;
CREATE INDEX command_log_by_word ON command_log (company, word, recorded_at);

-- Who read the content of a command that was not executed.
CREATE TABLE reading (
    company TEXT NOT NULL,
    cmd_id TEXT NOT NULL,
    reader TEXT NOT NULL,
    read_at BIGINT NOT NULL
);

-- What devices announced as not handed in yet.
CREATE TABLE device (
    company TEXT NOT NULL,
    device TEXT NOT NULL,
    person TEXT NOT NULL,
    build TEXT NOT NULL,
    seen_at BIGINT NOT NULL,
    unsent BIGINT NOT NULL,
    -- The newest and the oldest of them: id of the newest, places in the outbox, when it was made.
    newest TEXT NOT NULL,
    newest_place BIGINT NOT NULL,
    oldest_place BIGINT NOT NULL,
    newest_at BIGINT NOT NULL,
    -- How many of them did not come when the device came back; 0 while none is missed.
    lost BIGINT NOT NULL,
    lost_at BIGINT NOT NULL,
    PRIMARY KEY (company, device, person)
);

-- Acts on many documents at once: staged, shown, confirmed, and carried out step by step.
CREATE TABLE job (
    company TEXT NOT NULL,
    id TEXT NOT NULL,
    kind TEXT NOT NULL,
    made_by TEXT NOT NULL,
    args TEXT NOT NULL,
    digest TEXT NOT NULL,
    state TEXT NOT NULL,
    staged_at BIGINT NOT NULL,
    begun_at BIGINT NOT NULL,
    ended_at BIGINT NOT NULL,
    PRIMARY KEY (company, id)
);

CREATE TABLE job_step (
    company TEXT NOT NULL,
    job TEXT NOT NULL,
    place BIGINT NOT NULL,
    cmd_id TEXT NOT NULL,
    bytes TEXT NOT NULL,
    -- What the preview said, and what became of it; empty before.
    expected TEXT NOT NULL,
    outcome TEXT NOT NULL,
    PRIMARY KEY (company, job, place)
);

-- Since when an account is closed; 0 while it is open.
ALTER TABLE account ADD COLUMN closed_at BIGINT NOT NULL DEFAULT 0;
