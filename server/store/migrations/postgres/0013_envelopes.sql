-- Envelopes, what requests ask of them, and simulations within them. ETP in hundredths, euros in cents.

-- What an envelope was set to: the last one of a place counts. What is left of it is computed.
CREATE TABLE envelope_change (
    year   BIGINT NOT NULL,
    kind   TEXT NOT NULL,
    family TEXT NOT NULL, -- the region that shares one envelope, or a département without region
    seq    BIGINT NOT NULL,
    place  TEXT NOT NULL, -- "R27", "D58"
    etp    BIGINT NOT NULL,
    cents  BIGINT NOT NULL,
    reason TEXT NOT NULL,
    at     BIGINT NOT NULL,
    by     TEXT NOT NULL REFERENCES account (id),
    PRIMARY KEY (year, kind, family, seq)
);

-- A projection beside the work list: the terms that a deposited request asks for.
CREATE TABLE asked_terms (
    dossier_id    TEXT PRIMARY KEY REFERENCES dossier (id),
    start_day     TEXT NOT NULL, -- empty when the deposit says no period or no ETP
    end_day       TEXT NOT NULL,
    months        BIGINT NOT NULL,
    asked         TEXT NOT NULL, -- ETP and rate of the part modulée
    unit          BIGINT,        -- none under a flat rate
    departmental  BIGINT,
    needs_opinion BOOLEAN NOT NULL
);

CREATE INDEX worklist_of_year ON worklist (year, department, dossier_id);

-- The work list is made again when the server opens, with what is beside it.
DELETE FROM worklist_word;
DELETE FROM worklist_tally;
DELETE FROM worklist;

CREATE TABLE allotment (
    id       TEXT PRIMARY KEY,
    name     TEXT NOT NULL,
    year     BIGINT NOT NULL,
    kinds    TEXT NOT NULL, -- comma-separated
    place    TEXT NOT NULL,
    made_at  BIGINT NOT NULL,
    made_by  TEXT NOT NULL REFERENCES account (id),
    aside_at BIGINT -- when it was put away
);

CREATE INDEX allotment_by_place ON allotment (place, year);

-- What was chosen at once; the last choice on a dossier counts.
CREATE TABLE allotment_gesture (
    allotment_id TEXT NOT NULL REFERENCES allotment (id),
    number       BIGINT NOT NULL,
    undoes       BIGINT,
    at           BIGINT NOT NULL,
    by           TEXT NOT NULL REFERENCES account (id),
    PRIMARY KEY (allotment_id, number)
);

CREATE TABLE allotment_choice (
    allotment_id TEXT NOT NULL,
    number       BIGINT NOT NULL,
    dossier_id   TEXT NOT NULL REFERENCES dossier (id),
    verdict      TEXT NOT NULL,
    granted      TEXT NOT NULL, -- ETP and rate; empty for what is asked
    opinion      TEXT NOT NULL,
    reason       TEXT NOT NULL,
    deposit      BIGINT NOT NULL, -- that it was made on
    PRIMARY KEY (allotment_id, number, dossier_id),
    FOREIGN KEY (allotment_id, number) REFERENCES allotment_gesture (allotment_id, number)
);

-- Each time that a simulation was turned into proposals, and what came of each dossier.
CREATE TABLE allotment_run (
    id           TEXT PRIMARY KEY,
    allotment_id TEXT NOT NULL REFERENCES allotment (id),
    over_reason  TEXT NOT NULL, -- why, though it was over the envelope
    at           BIGINT NOT NULL,
    by           TEXT NOT NULL REFERENCES account (id)
);

CREATE INDEX allotment_run_by_allotment ON allotment_run (allotment_id);

CREATE TABLE allotment_run_line (
    run_id     TEXT NOT NULL REFERENCES allotment_run (id),
    dossier_id TEXT NOT NULL REFERENCES dossier (id),
    rank       BIGINT NOT NULL,
    name       TEXT NOT NULL,
    proposed   TEXT NOT NULL, -- empty when nothing was
    told       TEXT NOT NULL, -- why not
    taken_back BOOLEAN NOT NULL,
    PRIMARY KEY (run_id, dossier_id)
);

CREATE TRIGGER envelope_change_never_changes BEFORE UPDATE OR DELETE ON envelope_change
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER envelope_change_never_goes BEFORE TRUNCATE ON envelope_change
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER allotment_choice_never_changes BEFORE UPDATE OR DELETE ON allotment_choice
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER allotment_choice_never_goes BEFORE TRUNCATE ON allotment_choice
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
