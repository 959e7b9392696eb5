-- Signals that are set aside with a reason, and lenses that agents compose.

-- What was made of a signal, time after time: the last one counts, as long as the figures are the same.
CREATE TABLE signal_choice (
    dossier_id TEXT NOT NULL REFERENCES dossier (id),
    seq        BIGINT NOT NULL, -- of its event, which says when and who
    signal     TEXT NOT NULL,   -- its code
    print      TEXT NOT NULL,   -- its figures
    said       TEXT NOT NULL,   -- what was read of it
    is_aside   BOOLEAN NOT NULL,
    reason     TEXT NOT NULL,   -- empty when it was taken up again
    PRIMARY KEY (dossier_id, seq)
) WITHOUT ROWID;

CREATE TRIGGER signal_choice_never_changes BEFORE UPDATE ON signal_choice
BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER signal_choice_never_goes BEFORE DELETE ON signal_choice
BEGIN SELECT RAISE(ABORT, 'append-only'); END;

CREATE TABLE lens (
    id         TEXT PRIMARY KEY,
    form       TEXT NOT NULL,
    question   TEXT NOT NULL,
    shows      TEXT NOT NULL, -- ids of steps and cards, as a JSON list
    department TEXT NOT NULL, -- of the service that reads it too; empty for its author alone
    made_by    TEXT NOT NULL REFERENCES account (id),
    made_at    BIGINT NOT NULL,
    removed_at BIGINT         -- none while it is listed
) WITHOUT ROWID;

CREATE INDEX lens_by_author ON lens (made_by, form);
CREATE INDEX lens_by_department ON lens (department, form);
