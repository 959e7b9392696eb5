-- What people are to be told by mail, and the queue of messages (ADR 22).

-- What happened and is to be told: written in the transaction of what it tells, gone in the one that
-- writes the messages. Of a person, it is kept for their digest.
CREATE TABLE notice (
    id           TEXT PRIMARY KEY,
    about        TEXT NOT NULL,
    dossier_id   TEXT REFERENCES dossier (id),
    structure_id TEXT REFERENCES structure (id), -- where no dossier is concerned
    seq          BIGINT NOT NULL, -- place in the journal of the dossier
    actor        TEXT NOT NULL,
    said         TEXT NOT NULL, -- number of a receipt or an annexe, or an account
    at           BIGINT NOT NULL,
    kept_for     TEXT REFERENCES account (id)
) WITHOUT ROWID;

CREATE INDEX notice_by_reader ON notice (kept_for, at, id);

-- Messages. The key says what is told to whom: nobody is told twice. What a message says is gone once it
-- is sent: it may hold the secret of a link.
CREATE TABLE mail (
    id           TEXT PRIMARY KEY,
    told_key     TEXT NOT NULL UNIQUE,
    account_id   TEXT REFERENCES account (id), -- none for who has no account yet
    address      TEXT NOT NULL,
    topic        TEXT NOT NULL, -- what turns it off; empty for nothing
    letter       TEXT NOT NULL, -- JSON; empty once it is sent
    at           BIGINT NOT NULL,
    standing     TEXT NOT NULL,
    tries        BIGINT NOT NULL,
    since        BIGINT NOT NULL, -- of the trying
    next_at      BIGINT NOT NULL,
    lease        TEXT NOT NULL, -- of the server that is sending it; empty for none
    leased_until BIGINT NOT NULL,
    ended_at     BIGINT,
    error        TEXT NOT NULL
) WITHOUT ROWID;

CREATE INDEX mail_waiting ON mail (next_at, id) WHERE standing = 'waiting';
CREATE INDEX mail_by_standing ON mail (standing, at);
CREATE INDEX mail_by_account ON mail (account_id, at);

-- What people choose to receive; nothing for the usual.
CREATE TABLE mail_choice (
    account_id TEXT NOT NULL REFERENCES account (id),
    topic      TEXT NOT NULL,
    pace       TEXT NOT NULL,
    PRIMARY KEY (account_id, topic)
) WITHOUT ROWID;

-- When somebody's digest was last made.
CREATE TABLE mail_digest (
    account_id TEXT PRIMARY KEY REFERENCES account (id),
    told_at    BIGINT NOT NULL
) WITHOUT ROWID;

-- The key that links in messages are signed with: one row, made by the first server.
CREATE TABLE mail_key (
    id     BIGINT PRIMARY KEY CHECK (id = 1),
    secret TEXT NOT NULL
);
