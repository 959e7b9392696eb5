-- Answers of a dossier that was sent back which the structure opened though nothing was asked about them.

CREATE TABLE reopening (
    dossier_id TEXT NOT NULL REFERENCES dossier (id),
    deposit    BIGINT NOT NULL, -- the one that was sent back
    field_id   TEXT NOT NULL, -- a question, a table
    row_id     TEXT NOT NULL,
    seq        BIGINT NOT NULL, -- of its event
    PRIMARY KEY (dossier_id, deposit, field_id, row_id)
) WITHOUT ROWID;

-- What an acceptance grants: the annexe financière. Amounts in cents, ETP in hundredths, rates in
-- hundredths of a percent.

ALTER TABLE act ADD COLUMN granted TEXT NOT NULL DEFAULT '';

CREATE TABLE annex (
    dossier_id     TEXT PRIMARY KEY REFERENCES dossier (id),
    seq            BIGINT NOT NULL, -- of its act
    deposit        BIGINT NOT NULL,
    structure_id   TEXT NOT NULL REFERENCES structure (id),
    perimeter      TEXT NOT NULL,
    convention     TEXT NOT NULL,
    prefix         TEXT NOT NULL,
    renewal        BIGINT NOT NULL,
    modification   BIGINT NOT NULL,
    is_ours        BOOLEAN NOT NULL,
    convention_end TEXT NOT NULL, -- a day; empty for a convention that was there before
    state          TEXT NOT NULL,
    start_day      TEXT NOT NULL,
    end_day        TEXT NOT NULL,
    months         BIGINT NOT NULL,
    granted        TEXT NOT NULL, -- ETP and rate of the part modulée
    unit           BIGINT, -- none under a flat rate
    departmental   BIGINT,
    signed         TEXT NOT NULL, -- a day; empty before
    UNIQUE (prefix, perimeter, renewal, modification)
) WITHOUT ROWID;

CREATE INDEX annex_by_structure ON annex (structure_id, prefix);
