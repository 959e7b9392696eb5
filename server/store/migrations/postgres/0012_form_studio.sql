-- The form studio: overlays that are being made, version after version; what they would do to the
-- dossiers; which of that was accepted, and by whom; and of what an edition was made.

CREATE TABLE sketch (
    id         TEXT PRIMARY KEY,
    department TEXT NOT NULL, -- of a supplement; empty for a variant
    made_at    BIGINT NOT NULL,
    made_by    TEXT NOT NULL REFERENCES account (id),
    aside_at   BIGINT -- when it was put away
);

CREATE INDEX sketch_by_department ON sketch (department);

CREATE TABLE sketch_version (
    sketch_id TEXT NOT NULL REFERENCES sketch (id),
    number    BIGINT NOT NULL,
    overlay   TEXT NOT NULL, -- JSON; it may be wrong
    change    TEXT NOT NULL, -- what was done
    what      TEXT NOT NULL, -- to what, in words
    at        BIGINT NOT NULL,
    by        TEXT NOT NULL REFERENCES account (id),
    PRIMARY KEY (sketch_id, number)
);

CREATE TABLE sketch_simulation (
    sketch_id TEXT NOT NULL REFERENCES sketch (id),
    version   BIGINT NOT NULL,
    at        BIGINT NOT NULL,
    by        TEXT NOT NULL REFERENCES account (id),
    report    TEXT NOT NULL, -- JSON; no answer of anybody
    PRIMARY KEY (sketch_id, version, at)
);

CREATE TABLE sketch_acceptance (
    sketch_id TEXT NOT NULL REFERENCES sketch (id),
    version   BIGINT NOT NULL,
    loss      TEXT NOT NULL,
    dossiers  BIGINT NOT NULL, -- that it touched then
    at        BIGINT NOT NULL,
    by        TEXT NOT NULL REFERENCES account (id),
    PRIMARY KEY (sketch_id, version, loss, dossiers)
);

CREATE TABLE edition_sketch (
    form      TEXT NOT NULL,
    name      TEXT NOT NULL,
    number    BIGINT NOT NULL,
    sketch_id TEXT NOT NULL REFERENCES sketch (id),
    version   BIGINT NOT NULL,
    by        TEXT NOT NULL REFERENCES account (id),
    PRIMARY KEY (form, name, number),
    FOREIGN KEY (form, name, number) REFERENCES edition (form, name, number)
);

CREATE INDEX edition_sketch_by_sketch ON edition_sketch (sketch_id);

CREATE TABLE edition_acceptance (
    form     TEXT NOT NULL,
    name     TEXT NOT NULL,
    number   BIGINT NOT NULL,
    loss     TEXT NOT NULL,
    dossiers BIGINT NOT NULL,
    at       BIGINT NOT NULL,
    by_name  TEXT NOT NULL, -- an account, or who typed the command
    PRIMARY KEY (form, name, number, loss),
    FOREIGN KEY (form, name, number) REFERENCES edition (form, name, number)
);

CREATE TRIGGER sketch_version_never_changes BEFORE UPDATE OR DELETE ON sketch_version
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER sketch_version_never_goes BEFORE TRUNCATE ON sketch_version
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER sketch_acceptance_never_changes BEFORE UPDATE OR DELETE ON sketch_acceptance
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER sketch_acceptance_never_goes BEFORE TRUNCATE ON sketch_acceptance
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER edition_acceptance_never_changes BEFORE UPDATE OR DELETE ON edition_acceptance
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER edition_acceptance_never_goes BEFORE TRUNCATE ON edition_acceptance
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
