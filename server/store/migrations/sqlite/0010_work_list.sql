-- Who follows which dossier, what each agent has seen of a deposit, and the list that agents work by.

CREATE TABLE assignment (
    dossier_id TEXT PRIMARY KEY REFERENCES dossier (id),
    account_id TEXT NOT NULL REFERENCES account (id)
) WITHOUT ROWID;

-- What changed hands, gesture by gesture: one gesture may move several dossiers, and be undone.
CREATE TABLE assignment_change (
    batch_id   TEXT NOT NULL,
    dossier_id TEXT NOT NULL REFERENCES dossier (id),
    seq        BIGINT NOT NULL, -- of its event
    from_id    TEXT NOT NULL,   -- an account; empty for nobody
    to_id      TEXT NOT NULL,
    PRIMARY KEY (batch_id, dossier_id)
) WITHOUT ROWID;

CREATE TABLE seen (
    dossier_id TEXT NOT NULL REFERENCES dossier (id),
    account_id TEXT NOT NULL REFERENCES account (id),
    field_id   TEXT NOT NULL, -- a question, a table
    row_id     TEXT NOT NULL,
    hash       TEXT NOT NULL, -- SHA-256 of what was said there
    at         BIGINT NOT NULL,
    PRIMARY KEY (dossier_id, account_id, field_id, row_id)
) WITHOUT ROWID;

-- A projection of what was deposited, one line a dossier: it can be made again from the other tables.
-- Days are counted since 1970; a dossier without deadline has one that is far away (1 000 000), and
-- one without ETP has -1 (hundredths), so that every line has its place in every order.
CREATE TABLE worklist (
    dossier_id     TEXT PRIMARY KEY REFERENCES dossier (id),
    department     TEXT NOT NULL,
    state          TEXT NOT NULL,
    kind           TEXT NOT NULL,
    nature         TEXT NOT NULL, -- "first" … as in dossier.request_kind, or "bilan"
    year           BIGINT NOT NULL,
    structure_name TEXT NOT NULL,
    name_key       TEXT NOT NULL, -- small letters without accents
    siret          TEXT NOT NULL,
    number         TEXT NOT NULL, -- of the last receipt
    deposited_at   BIGINT NOT NULL,
    due            BIGINT NOT NULL,
    etp            BIGINT NOT NULL,
    etp_before     BIGINT NOT NULL,
    assignee       TEXT NOT NULL -- empty for nobody
) WITHOUT ROWID;

-- What is filtered by is in each index, so that only lines that are shown are read. Of one département;
-- a territory of several is read département by département, and merged.
CREATE INDEX worklist_near_due
    ON worklist (department, due, dossier_id, state, kind, nature, assignee);
CREATE INDEX worklist_near_deposited
    ON worklist (department, deposited_at, dossier_id, state, kind, nature, assignee, due);
CREATE INDEX worklist_near_name
    ON worklist (department, name_key, dossier_id, state, kind, nature, assignee, due);
CREATE INDEX worklist_near_etp
    ON worklist (department, etp, dossier_id, state, kind, nature, assignee, due);
-- Of the country.
CREATE INDEX worklist_by_due
    ON worklist (due, dossier_id, state, kind, nature, assignee);
CREATE INDEX worklist_by_deposited
    ON worklist (deposited_at, dossier_id, state, kind, nature, assignee, due);
CREATE INDEX worklist_by_name
    ON worklist (name_key, dossier_id, state, kind, nature, assignee, due);
CREATE INDEX worklist_by_etp
    ON worklist (etp, dossier_id, state, kind, nature, assignee, due);

-- How many lines there are, for the counters.
CREATE TABLE worklist_tally (
    department TEXT NOT NULL,
    state      TEXT NOT NULL,
    due        BIGINT NOT NULL,
    n          BIGINT NOT NULL,
    PRIMARY KEY (department, state, due)
) WITHOUT ROWID;

-- What a line is found by.
CREATE TABLE worklist_word (
    dossier_id TEXT NOT NULL REFERENCES dossier (id),
    word       TEXT NOT NULL,
    department TEXT NOT NULL,
    PRIMARY KEY (dossier_id, word)
) WITHOUT ROWID;

CREATE INDEX worklist_word_by_word ON worklist_word (word, department, dossier_id);

CREATE TRIGGER assignment_change_never_changes BEFORE UPDATE ON assignment_change
BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER assignment_change_never_goes BEFORE DELETE ON assignment_change
BEGIN SELECT RAISE(ABORT, 'append-only'); END;
