-- What the State does with a dossier, and notes on its deposits with what was answered to them.

CREATE TABLE act (
    dossier_id TEXT NOT NULL REFERENCES dossier (id),
    seq        BIGINT NOT NULL, -- of its event
    action     TEXT NOT NULL,
    message    TEXT NOT NULL,
    due        TEXT NOT NULL, -- a day; empty for none
    opinion    TEXT NOT NULL,
    proposal   TEXT NOT NULL,
    deposit    BIGINT NOT NULL,
    PRIMARY KEY (dossier_id, seq)
) WITHOUT ROWID;

CREATE TABLE note (
    id         TEXT PRIMARY KEY,
    dossier_id TEXT NOT NULL REFERENCES dossier (id),
    field_id   TEXT NOT NULL, -- a question, a table, a step; empty for the whole dossier
    row_id     TEXT NOT NULL,
    deposit    BIGINT NOT NULL,
    said       TEXT NOT NULL,
    kind       TEXT NOT NULL,
    audience   TEXT NOT NULL,
    text       TEXT NOT NULL,
    at         BIGINT NOT NULL,
    by         TEXT NOT NULL REFERENCES account (id),
    sent       BIGINT, -- the act that took it to the structure
    settled_at BIGINT,
    settled_by TEXT REFERENCES account (id)
) WITHOUT ROWID;

CREATE INDEX note_by_dossier ON note (dossier_id);

CREATE TABLE note_reply (
    id           TEXT PRIMARY KEY,
    note_id      TEXT NOT NULL REFERENCES note (id),
    text         TEXT NOT NULL,
    at           BIGINT NOT NULL,
    by           TEXT NOT NULL REFERENCES account (id),
    of_structure BOOLEAN NOT NULL
) WITHOUT ROWID;

CREATE INDEX note_reply_by_note ON note_reply (note_id);

CREATE TRIGGER act_never_changes BEFORE UPDATE ON act
BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER act_never_goes BEFORE DELETE ON act
BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER note_reply_never_changes BEFORE UPDATE ON note_reply
BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER note_reply_never_goes BEFORE DELETE ON note_reply
BEGIN SELECT RAISE(ABORT, 'append-only'); END;
