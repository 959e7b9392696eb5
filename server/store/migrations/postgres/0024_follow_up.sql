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
);

CREATE TABLE follow_up_comment (
    dossier_id TEXT NOT NULL REFERENCES dossier (id),
    seq        BIGINT NOT NULL, -- of its event
    version    BIGINT NOT NULL, -- that was read
    text       TEXT NOT NULL,
    role       TEXT NOT NULL,
    at         BIGINT NOT NULL,
    by         TEXT NOT NULL REFERENCES account (id),
    PRIMARY KEY (dossier_id, seq)
);

CREATE TRIGGER follow_up_never_changes BEFORE UPDATE OR DELETE ON follow_up
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER follow_up_never_goes BEFORE TRUNCATE ON follow_up
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER follow_up_comment_never_changes BEFORE UPDATE OR DELETE ON follow_up_comment
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER follow_up_comment_never_goes BEFORE TRUNCATE ON follow_up_comment
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
