-- The fiche de suivi of the dialogue de gestion, version after version, and what is said of it.

CREATE TABLE follow_up (
    dossier_id TEXT NOT NULL REFERENCES dossier (id),
    number     BIGINT NOT NULL,
    deposit    BIGINT NOT NULL, -- that it is about
    sheet      TEXT NOT NULL,   -- JSON: dossier::follow_up::Sheet
    is_shared  BOOLEAN NOT NULL,
    at         BIGINT NOT NULL,
    by         TEXT NOT NULL REFERENCES account (id),
    PRIMARY KEY (dossier_id, number)
) WITHOUT ROWID;

CREATE TABLE follow_up_comment (
    dossier_id TEXT NOT NULL REFERENCES dossier (id),
    seq        BIGINT NOT NULL, -- of its event
    version    BIGINT NOT NULL, -- that was read
    text       TEXT NOT NULL,
    role       TEXT NOT NULL,
    at         BIGINT NOT NULL,
    by         TEXT NOT NULL REFERENCES account (id),
    PRIMARY KEY (dossier_id, seq)
) WITHOUT ROWID;

CREATE TRIGGER follow_up_never_changes BEFORE UPDATE ON follow_up
BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER follow_up_never_goes BEFORE DELETE ON follow_up
BEGIN SELECT RAISE(ABORT, 'append-only'); END;

CREATE TRIGGER follow_up_comment_never_changes BEFORE UPDATE ON follow_up_comment
BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER follow_up_comment_never_goes BEFORE DELETE ON follow_up_comment
BEGIN SELECT RAISE(ABORT, 'append-only'); END;
