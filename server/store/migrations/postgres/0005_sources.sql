-- What other systems say of an establishment, kept with its age; what it gave beside the answers of a
-- dossier when that was opened; and what people set aside since.

CREATE TABLE finding (
    source     TEXT NOT NULL,
    subject    TEXT NOT NULL, -- SIRET
    told       TEXT, -- JSON; nothing when the source never answered
    fetched_at BIGINT NOT NULL,
    failure    TEXT NOT NULL, -- since; empty for none
    failed_at  BIGINT NOT NULL,
    PRIMARY KEY (source, subject)
);

CREATE INDEX finding_by_subject ON finding (subject);

CREATE TABLE candidate (
    dossier_id TEXT NOT NULL REFERENCES dossier (id),
    field_id   TEXT NOT NULL,
    row_id     TEXT NOT NULL,
    source     TEXT NOT NULL,
    provenance TEXT NOT NULL, -- JSON
    PRIMARY KEY (dossier_id, field_id, row_id, source)
);

CREATE TABLE set_aside (
    dossier_id TEXT NOT NULL REFERENCES dossier (id),
    field_id   TEXT NOT NULL,
    row_id     TEXT NOT NULL,
    source     TEXT NOT NULL,
    value      TEXT NOT NULL,
    reason     TEXT NOT NULL,
    at         BIGINT NOT NULL,
    by         TEXT NOT NULL REFERENCES account (id),
    PRIMARY KEY (dossier_id, field_id, row_id, source, value)
);
