-- How long things are kept, what was forgotten, and the signed head of the journals (ADR 28).

-- When somebody was last here; of those who were here before, the day that this was first noted.
ALTER TABLE account ADD COLUMN signed_in_at BIGINT;
-- When it was closed: nobody enters by it any more.
ALTER TABLE account ADD COLUMN closed_at BIGINT;
UPDATE account SET signed_in_at = CAST(strftime('%s', 'now') AS INTEGER) * 1000;

-- What was forgotten, batch by batch, in the transaction that forgot it.
CREATE TABLE forgotten (
    id         TEXT PRIMARY KEY,
    rule       TEXT NOT NULL,
    subject    TEXT NOT NULL,   -- a dossier or an account; empty for neither
    up_to      BIGINT NOT NULL, -- what was older than this moment
    at         BIGINT NOT NULL,
    lines      BIGINT NOT NULL
) WITHOUT ROWID;

CREATE INDEX forgotten_by_moment ON forgotten (at, id);

CREATE TRIGGER forgotten_never_changes BEFORE UPDATE ON forgotten
BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER forgotten_never_goes BEFORE DELETE ON forgotten
BEGIN SELECT RAISE(ABORT, 'append-only'); END;

-- A line of who read a dossier goes only when it is noted that lines of its age were forgotten there.
DROP TRIGGER reading_never_goes;
CREATE TRIGGER reading_never_goes BEFORE DELETE ON reading
WHEN NOT EXISTS (SELECT 1 FROM forgotten f
    WHERE f.rule = 'lectures' AND f.subject = OLD.dossier_id AND f.up_to > OLD.last_at)
BEGIN SELECT RAISE(ABORT, 'append-only'); END;

-- A document goes only with a draft that is noted as forgotten.
DROP TRIGGER attachment_never_goes;
CREATE TRIGGER attachment_never_goes BEFORE DELETE ON attachment
WHEN NOT EXISTS (SELECT 1 FROM forgotten f
    WHERE f.rule = 'brouillons' AND f.subject = OLD.dossier_id AND f.up_to > OLD.added_at)
BEGIN SELECT RAISE(ABORT, 'append-only'); END;

-- The journals of all dossiers as a day ended, in one hash, which goes on from the day before.
CREATE TABLE journal_seal (
    day        TEXT PRIMARY KEY,
    until_at   BIGINT NOT NULL, -- events before this moment
    dossiers   BIGINT NOT NULL, -- that went on since the seal before
    events     BIGINT NOT NULL,
    digest     TEXT NOT NULL,
    previous   TEXT NOT NULL,   -- the seal before; empty for the first
    seal       TEXT NOT NULL,
    signature  TEXT NOT NULL,
    public_key TEXT NOT NULL,
    at         BIGINT NOT NULL
) WITHOUT ROWID;

CREATE TRIGGER journal_seal_never_changes BEFORE UPDATE ON journal_seal
BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER journal_seal_never_goes BEFORE DELETE ON journal_seal
BEGIN SELECT RAISE(ABORT, 'append-only'); END;
