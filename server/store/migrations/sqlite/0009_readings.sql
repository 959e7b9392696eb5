-- Who read dossiers on the State's side, by day.

CREATE TABLE reading (
    dossier_id  TEXT NOT NULL REFERENCES dossier (id),
    day         TEXT NOT NULL,
    by          TEXT NOT NULL REFERENCES account (id),
    document_id TEXT NOT NULL, -- empty for the dossier itself
    first_at    BIGINT NOT NULL,
    last_at     BIGINT NOT NULL,
    times       BIGINT NOT NULL,
    PRIMARY KEY (dossier_id, day, by, document_id)
) WITHOUT ROWID;

CREATE TRIGGER reading_never_goes BEFORE DELETE ON reading
BEGIN SELECT RAISE(ABORT, 'append-only'); END;
