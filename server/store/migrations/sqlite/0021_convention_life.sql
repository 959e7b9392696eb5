-- What is done with conventions once they are signed (ADR 30): see dossier::convention. Rows are added and
-- never changed; each has its event in the journal of the dossier that carries it, with who and when. A
-- convention is told by its structure and département too: a number older than Trame is only written.

CREATE TABLE convention_deed (
    structure_id TEXT NOT NULL REFERENCES structure (id),
    department   TEXT NOT NULL,
    prefix       TEXT NOT NULL,
    perimeter    TEXT NOT NULL,
    number       BIGINT NOT NULL, -- from 1: two at once cannot both be kept
    dossier_id   TEXT NOT NULL REFERENCES dossier (id),
    seq          BIGINT NOT NULL, -- of its event
    kind         TEXT NOT NULL,
    day          TEXT NOT NULL, -- empty for none, as below
    until_day    TEXT NOT NULL,
    motive       TEXT NOT NULL,
    owed         BIGINT, -- cents to pay back, as they were written
    words        TEXT NOT NULL,
    PRIMARY KEY (structure_id, department, prefix, perimeter, number)
) WITHOUT ROWID;

CREATE INDEX convention_deed_by_event ON convention_deed (dossier_id, seq);

-- Where each stands after its last deed, for lists: made again with each.
CREATE TABLE convention_standing (
    structure_id    TEXT NOT NULL REFERENCES structure (id),
    department      TEXT NOT NULL,
    prefix          TEXT NOT NULL,
    perimeter       TEXT NOT NULL,
    suspended       TEXT NOT NULL,
    suspended_until TEXT NOT NULL,
    is_challenged   BOOLEAN NOT NULL, -- the letter that opens a termination is signed
    answer_until    TEXT NOT NULL,
    ended           TEXT NOT NULL, -- the last day of a terminated convention
    PRIMARY KEY (structure_id, department, prefix, perimeter)
) WITHOUT ROWID;
