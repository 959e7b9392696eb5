-- Documents attached to dossiers. Bytes are kept elsewhere, under the key `object`.

CREATE TABLE attachment (
    id         TEXT PRIMARY KEY,
    dossier_id TEXT NOT NULL REFERENCES dossier (id),
    field_id   TEXT NOT NULL,
    row_id     TEXT NOT NULL,
    name       TEXT NOT NULL, -- the text of the answer
    media      TEXT NOT NULL,
    size       BIGINT NOT NULL,
    sha256     TEXT NOT NULL,
    object     TEXT NOT NULL,
    added_at   BIGINT NOT NULL,
    by         TEXT NOT NULL REFERENCES account (id),
    UNIQUE (dossier_id, field_id, row_id, name)
) WITHOUT ROWID;

CREATE INDEX attachment_by_object ON attachment (object);

CREATE TRIGGER attachment_never_changes BEFORE UPDATE ON attachment
BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER attachment_never_goes BEFORE DELETE ON attachment
BEGIN SELECT RAISE(ABORT, 'append-only'); END;
