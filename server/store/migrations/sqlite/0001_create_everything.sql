-- Ids are ULIDs as text, times milliseconds since 1970 UTC. SQL keeps and finds; it never validates.

CREATE TABLE account (
    id            TEXT PRIMARY KEY,
    email         TEXT NOT NULL UNIQUE,
    name          TEXT NOT NULL,
    title         TEXT NOT NULL,
    role          TEXT NOT NULL,
    is_persona    BOOLEAN NOT NULL,
    password_hash TEXT
) WITHOUT ROWID;

CREATE TABLE structure (
    id         TEXT PRIMARY KEY,
    asp_id     TEXT NOT NULL,
    siret      TEXT NOT NULL,
    name       TEXT NOT NULL,
    kinds      TEXT NOT NULL, -- comma-separated
    department TEXT NOT NULL,
    region     TEXT NOT NULL,
    commune    TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE membership (
    account_id   TEXT NOT NULL REFERENCES account (id),
    structure_id TEXT NOT NULL REFERENCES structure (id),
    is_admin     BOOLEAN NOT NULL,
    PRIMARY KEY (account_id, structure_id)
) WITHOUT ROWID;

CREATE TABLE agent_territory (
    account_id TEXT NOT NULL REFERENCES account (id),
    department TEXT NOT NULL,
    PRIMARY KEY (account_id, department)
) WITHOUT ROWID;

CREATE TABLE web_session (
    token_hash TEXT PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES account (id),
    created_at BIGINT NOT NULL,
    seen_at    BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
) WITHOUT ROWID;

CREATE INDEX web_session_by_end ON web_session (expires_at);

CREATE TABLE dossier (
    id           TEXT PRIMARY KEY,
    structure_id TEXT NOT NULL REFERENCES structure (id),
    form         TEXT NOT NULL,
    revision     BIGINT NOT NULL,
    kind         TEXT NOT NULL,
    request_kind TEXT NOT NULL,
    perimeter    TEXT NOT NULL,
    year         BIGINT NOT NULL,
    department   TEXT NOT NULL,
    state        TEXT NOT NULL CHECK (state IN (
        'draft', 'submitted', 'incomplete', 'complete', 'sent_back', 'dialogue', 'commission',
        'decision_pending', 'accepted', 'refused', 'withdrawn', 'abandoned', 'rejected_incomplete'
    )),
    created_at   BIGINT NOT NULL,
    updated_at   BIGINT NOT NULL,
    updated_by   TEXT NOT NULL REFERENCES account (id),
    deposits     BIGINT NOT NULL,
    journal_seq  BIGINT NOT NULL,
    journal_hash TEXT NOT NULL
) WITHOUT ROWID;

-- One live dossier for the same request, also under a race; an amendment stands beside what it amends.
CREATE UNIQUE INDEX dossier_live
    ON dossier (structure_id, form, kind, perimeter, year, (request_kind = 'amendment'))
    WHERE state NOT IN ('accepted', 'refused', 'withdrawn', 'abandoned', 'rejected_incomplete');
-- An autosave moves updated_at: no index of a draft holds it, or each would be written again.
CREATE INDEX dossier_by_structure ON dossier (structure_id);
CREATE INDEX dossier_by_department ON dossier (department, state, updated_at, id)
    WHERE deposits > 0;

CREATE TABLE answer (
    dossier_id TEXT NOT NULL REFERENCES dossier (id),
    field_id   TEXT NOT NULL,
    row_id     TEXT NOT NULL,
    raw        TEXT NOT NULL,
    version    BIGINT NOT NULL,
    provenance TEXT, -- JSON
    updated_at BIGINT NOT NULL,
    updated_by TEXT NOT NULL REFERENCES account (id),
    PRIMARY KEY (dossier_id, field_id, row_id)
) WITHOUT ROWID;

-- What was written over: nothing typed is ever lost.
CREATE TABLE answer_past (
    dossier_id TEXT NOT NULL REFERENCES dossier (id),
    field_id   TEXT NOT NULL,
    row_id     TEXT NOT NULL,
    version    BIGINT NOT NULL,
    raw        TEXT NOT NULL,
    updated_at BIGINT NOT NULL,
    updated_by TEXT NOT NULL REFERENCES account (id),
    PRIMARY KEY (dossier_id, field_id, row_id, version)
) WITHOUT ROWID;

-- Operations that were applied, with their outcome: sent again, they get it again.
CREATE TABLE operation (
    dossier_id TEXT NOT NULL REFERENCES dossier (id),
    op_id      TEXT NOT NULL,
    outcome    TEXT NOT NULL, -- JSON
    at         BIGINT NOT NULL,
    PRIMARY KEY (dossier_id, op_id)
) WITHOUT ROWID;

CREATE TABLE deposit (
    dossier_id    TEXT NOT NULL REFERENCES dossier (id),
    ordinal       BIGINT NOT NULL,
    number        TEXT NOT NULL UNIQUE,
    form_revision BIGINT NOT NULL,
    bytes         BLOB NOT NULL,
    sha256        TEXT NOT NULL,
    at            BIGINT NOT NULL,
    by            TEXT NOT NULL REFERENCES account (id),
    journal_hash  TEXT NOT NULL,
    PRIMARY KEY (dossier_id, ordinal)
);

CREATE TABLE event (
    dossier_id    TEXT NOT NULL REFERENCES dossier (id),
    seq           BIGINT NOT NULL,
    at            BIGINT NOT NULL,
    actor         TEXT NOT NULL REFERENCES account (id),
    what          TEXT NOT NULL, -- JSON
    previous_hash TEXT NOT NULL,
    hash          TEXT NOT NULL,
    PRIMARY KEY (dossier_id, seq)
) WITHOUT ROWID;

-- Numbers of receipts, by series.
CREATE TABLE counter (
    series TEXT PRIMARY KEY,
    value  BIGINT NOT NULL
) WITHOUT ROWID;

-- The journal and the deposits only grow.
CREATE TRIGGER event_never_changes BEFORE UPDATE ON event
BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER event_never_goes BEFORE DELETE ON event
BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER deposit_never_changes BEFORE UPDATE ON deposit
BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER deposit_never_goes BEFORE DELETE ON deposit
BEGIN SELECT RAISE(ABORT, 'append-only'); END;
