-- What an agent types before it is posted, views of the work list by name, and who covers whom.

-- What one person typed at a place of a dossier and did not post: read by nobody else. Two texts stand at
-- one place when two devices wrote apart.
CREATE TABLE unposted (
    id         TEXT PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES account (id),
    dossier_id TEXT NOT NULL REFERENCES dossier (id),
    place      TEXT NOT NULL, -- see dossier::unposted::Place
    fields     TEXT NOT NULL, -- JSON: names and values
    words      TEXT NOT NULL, -- what one recognises it by
    version    BIGINT NOT NULL,
    pen        TEXT NOT NULL, -- the page that typed it last
    at         BIGINT NOT NULL,
    cleared_at BIGINT -- put away: kept a day, to be taken back
);

CREATE INDEX unposted_by_account ON unposted (account_id, dossier_id);
CREATE INDEX unposted_by_dossier ON unposted (dossier_id);

-- Filters, order and search of the work list under a name.
CREATE TABLE work_view (
    id         TEXT PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES account (id),
    name       TEXT NOT NULL,
    query      TEXT NOT NULL, -- as the address says it
    is_shared  BOOLEAN NOT NULL, -- with those who instruct in a same département
    made_at    BIGINT NOT NULL,
    removed_at BIGINT
);

CREATE INDEX work_view_by_account ON work_view (account_id);
CREATE INDEX work_view_by_share ON work_view (is_shared);

-- The view that opens first.
CREATE TABLE work_view_first (
    account_id TEXT PRIMARY KEY REFERENCES account (id),
    view_id    TEXT NOT NULL REFERENCES work_view (id)
);

-- Who is away from when to when, and who looks after their dossiers meanwhile.
CREATE TABLE leave_cover (
    id         TEXT PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES account (id),
    cover_id   TEXT NOT NULL REFERENCES account (id),
    first_day  TEXT NOT NULL, -- 2027-08-02
    last_day   TEXT NOT NULL, -- itself included
    said_at    BIGINT NOT NULL,
    CHECK (first_day <= last_day AND account_id <> cover_id)
);

CREATE INDEX leave_cover_by_account ON leave_cover (account_id, last_day);
CREATE INDEX leave_cover_by_cover ON leave_cover (cover_id, last_day);
CREATE INDEX leave_cover_by_day ON leave_cover (last_day);
