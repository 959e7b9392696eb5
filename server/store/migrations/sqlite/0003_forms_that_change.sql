-- What is laid over the national forms, published for ever; which of it a dossier follows; and a
-- structure asking the same of two départements.

CREATE TABLE edition (
    form         TEXT NOT NULL,
    name         TEXT NOT NULL,
    number       BIGINT NOT NULL,
    revision     BIGINT NOT NULL,
    department   TEXT NOT NULL, -- of a supplement; empty for a variant
    overlay      TEXT NOT NULL, -- JSON
    published_at BIGINT NOT NULL,
    PRIMARY KEY (form, name, number)
) WITHOUT ROWID;

CREATE INDEX edition_by_department ON edition (department, form, revision);

CREATE TRIGGER edition_never_changes BEFORE UPDATE ON edition
BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER edition_never_goes BEFORE DELETE ON edition
BEGIN SELECT RAISE(ABORT, 'append-only'); END;

ALTER TABLE dossier ADD COLUMN overlay TEXT NOT NULL DEFAULT '';

DROP INDEX dossier_live;
CREATE UNIQUE INDEX dossier_live
    ON dossier (structure_id, form, kind, perimeter, year, department,
        (request_kind = 'amendment'))
    WHERE state NOT IN ('accepted', 'refused', 'withdrawn', 'abandoned', 'rejected_incomplete');
