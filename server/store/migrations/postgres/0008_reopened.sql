-- Answers of a dossier that was sent back which the structure opened though nothing was asked about them.

CREATE TABLE reopening (
    dossier_id TEXT NOT NULL REFERENCES dossier (id),
    deposit    BIGINT NOT NULL, -- the one that was sent back
    field_id   TEXT NOT NULL, -- a question, a table
    row_id     TEXT NOT NULL,
    seq        BIGINT NOT NULL, -- of its event
    PRIMARY KEY (dossier_id, deposit, field_id, row_id)
);
