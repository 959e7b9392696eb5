-- Notes that stand in the way of a decision, suggest a value, quote a passage, or are carried on.

ALTER TABLE note ADD COLUMN blocking BOOLEAN NOT NULL DEFAULT FALSE;
-- A canonical text; empty when none is suggested.
ALTER TABLE note ADD COLUMN suggested TEXT NOT NULL DEFAULT '';
-- The passage of what was said: from and to which byte. None for the whole answer.
ALTER TABLE note ADD COLUMN quote_from BIGINT;
ALTER TABLE note ADD COLUMN quote_to BIGINT;
-- Settled here, and to be watched in what follows.
ALTER TABLE note ADD COLUMN watched BOOLEAN NOT NULL DEFAULT FALSE;

-- What the structure made of a suggested value, time after time: the last one counts.
CREATE TABLE suggestion_choice (
    note_id     TEXT NOT NULL REFERENCES note (id),
    seq         BIGINT NOT NULL, -- of its event
    is_accepted BOOLEAN NOT NULL,
    reason      TEXT NOT NULL,   -- of a refusal
    seen        BIGINT NOT NULL, -- version of the answer that was replaced; 0 for a refusal, or none
    version     BIGINT NOT NULL, -- version that the suggested value became; 0 for a refusal
    at          BIGINT NOT NULL,
    by          TEXT NOT NULL REFERENCES account (id),
    PRIMARY KEY (note_id, seq)
) WITHOUT ROWID;

CREATE TRIGGER suggestion_choice_never_changes BEFORE UPDATE ON suggestion_choice
BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER suggestion_choice_never_goes BEFORE DELETE ON suggestion_choice
BEGIN SELECT RAISE(ABORT, 'append-only'); END;

-- Notes that are open on a dossier, those of one person alone left out; and how many of them block.
ALTER TABLE worklist ADD COLUMN notes BIGINT NOT NULL DEFAULT 0;
ALTER TABLE worklist ADD COLUMN blocking BIGINT NOT NULL DEFAULT 0;
UPDATE worklist SET notes = (
    SELECT COUNT(*) FROM note n
    WHERE n.dossier_id = worklist.dossier_id AND n.settled_at IS NULL AND n.audience <> 'own');

-- They are filtered by: they go into each index that a page is read along.
DROP INDEX worklist_near_due;
CREATE INDEX worklist_near_due
    ON worklist (department, due, dossier_id, state, kind, nature, assignee, notes, blocking);
DROP INDEX worklist_near_deposited;
CREATE INDEX worklist_near_deposited
    ON worklist (department, deposited_at, dossier_id, state, kind, nature, assignee, due, notes, blocking);
DROP INDEX worklist_near_name;
CREATE INDEX worklist_near_name
    ON worklist (department, name_key, dossier_id, state, kind, nature, assignee, due, notes, blocking);
DROP INDEX worklist_near_etp;
CREATE INDEX worklist_near_etp
    ON worklist (department, etp, dossier_id, state, kind, nature, assignee, due, notes, blocking);
DROP INDEX worklist_by_due;
CREATE INDEX worklist_by_due
    ON worklist (due, dossier_id, state, kind, nature, assignee, notes, blocking);
DROP INDEX worklist_by_deposited;
CREATE INDEX worklist_by_deposited
    ON worklist (deposited_at, dossier_id, state, kind, nature, assignee, due, notes, blocking);
DROP INDEX worklist_by_name;
CREATE INDEX worklist_by_name
    ON worklist (name_key, dossier_id, state, kind, nature, assignee, due, notes, blocking);
DROP INDEX worklist_by_etp;
CREATE INDEX worklist_by_etp
    ON worklist (etp, dossier_id, state, kind, nature, assignee, due, notes, blocking);

-- For the counters.
CREATE INDEX worklist_with_notes ON worklist (department, dossier_id) WHERE notes > 0;
CREATE INDEX worklist_blocked ON worklist (department, dossier_id) WHERE blocking > 0;
