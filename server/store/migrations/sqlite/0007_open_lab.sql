-- Sessions of the open lab, who takes part under which pseudonym, and what they say. What they do in
-- the space of a session is in a file of its own, and is not kept.

CREATE TABLE lab (
    id        TEXT PRIMARY KEY,
    code      TEXT NOT NULL UNIQUE,
    title     TEXT NOT NULL,
    place     TEXT NOT NULL,
    day       TEXT NOT NULL,
    form      TEXT NOT NULL, -- the key of the form that is tried
    seats     TEXT NOT NULL, -- separated by commas
    tasks     TEXT NOT NULL, -- JSON list of texts
    stage     TEXT NOT NULL,
    votes     BOOLEAN NOT NULL,
    round     BIGINT NOT NULL,
    timer     BIGINT,
    made_at   BIGINT NOT NULL,
    made_by   TEXT NOT NULL REFERENCES account (id),
    opened_at BIGINT
) WITHOUT ROWID;

CREATE TABLE lab_participant (
    id         TEXT PRIMARY KEY,
    lab_id     TEXT NOT NULL REFERENCES lab (id),
    name       TEXT NOT NULL,
    seat       TEXT NOT NULL,
    token_hash TEXT NOT NULL UNIQUE,
    round      BIGINT NOT NULL,
    joined_at  BIGINT NOT NULL, -- and consented
    seen_at    BIGINT NOT NULL,
    page       TEXT NOT NULL,
    is_gone    BOOLEAN NOT NULL
) WITHOUT ROWID;

CREATE UNIQUE INDEX lab_participant_name ON lab_participant (lab_id, lower(name));

CREATE TABLE lab_remark (
    id             TEXT PRIMARY KEY,
    lab_id         TEXT NOT NULL REFERENCES lab (id),
    participant_id TEXT NOT NULL REFERENCES lab_participant (id),
    page           TEXT NOT NULL,
    field_id       TEXT NOT NULL, -- a question, a table, a step; empty for the page
    row_id         TEXT NOT NULL,
    said           TEXT NOT NULL,
    called         TEXT NOT NULL,
    kind           TEXT NOT NULL,
    text           TEXT NOT NULL,
    at             BIGINT NOT NULL
) WITHOUT ROWID;

CREATE INDEX lab_remark_by_lab ON lab_remark (lab_id);

CREATE TABLE lab_vote (
    remark_id      TEXT NOT NULL REFERENCES lab_remark (id),
    participant_id TEXT NOT NULL REFERENCES lab_participant (id),
    PRIMARY KEY (remark_id, participant_id)
) WITHOUT ROWID;

CREATE TABLE lab_done (
    participant_id TEXT NOT NULL REFERENCES lab_participant (id),
    task           BIGINT NOT NULL,
    at             BIGINT NOT NULL,
    PRIMARY KEY (participant_id, task)
) WITHOUT ROWID;

CREATE TABLE lab_survey (
    participant_id TEXT PRIMARY KEY REFERENCES lab_participant (id),
    sus            TEXT NOT NULL, -- ten digits
    would_use      BOOLEAN NOT NULL,
    saves_time     BOOLEAN NOT NULL,
    minutes        BIGINT,
    words          TEXT NOT NULL,
    at             BIGINT NOT NULL
) WITHOUT ROWID;

CREATE TABLE lab_advice (
    lab_id   TEXT NOT NULL REFERENCES lab (id),
    place    TEXT NOT NULL,
    standing TEXT NOT NULL,
    reason   TEXT NOT NULL,
    revision BIGINT,
    at       BIGINT NOT NULL,
    by       TEXT NOT NULL REFERENCES account (id),
    PRIMARY KEY (lab_id, place)
) WITHOUT ROWID;

CREATE TRIGGER lab_remark_never_changes BEFORE UPDATE ON lab_remark
BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER lab_remark_never_goes BEFORE DELETE ON lab_remark
BEGIN SELECT RAISE(ABORT, 'append-only'); END;
