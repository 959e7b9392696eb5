-- Sittings of the commission, their agendas, and what was done with them.

CREATE TABLE commission_sitting (
    id         TEXT PRIMARY KEY,
    department TEXT NOT NULL,
    day        TEXT NOT NULL, -- 2026-12-10
    hour       TEXT NOT NULL, -- 14:00
    place      TEXT NOT NULL,
    pack_day   TEXT NOT NULL, -- by which members have the pack
    version    BIGINT NOT NULL,
    made_at    BIGINT NOT NULL,
    made_by    TEXT NOT NULL REFERENCES account (id)
);

CREATE INDEX commission_sitting_by_day ON commission_sitting (department, day);

-- Where a sitting stands is computed from these.
CREATE TABLE commission_deed (
    sitting_id TEXT NOT NULL REFERENCES commission_sitting (id),
    number     BIGINT NOT NULL,
    deed       TEXT NOT NULL,
    at         BIGINT NOT NULL,
    by         TEXT NOT NULL REFERENCES account (id),
    PRIMARY KEY (sitting_id, number)
);

CREATE TABLE commission_item (
    sitting_id    TEXT NOT NULL REFERENCES commission_sitting (id),
    dossier_id    TEXT NOT NULL REFERENCES dossier (id),
    rank          BIGINT NOT NULL,
    purpose       TEXT NOT NULL,
    standing      TEXT NOT NULL,
    deposit       BIGINT NOT NULL, -- that the pack shows
    words         TEXT NOT NULL,   -- how the agent presents it to the members
    words_version BIGINT NOT NULL,
    words_at      BIGINT,
    act_seq       BIGINT,          -- the act that notes the opinion
    put_at        BIGINT NOT NULL,
    put_by        TEXT NOT NULL REFERENCES account (id),
    PRIMARY KEY (sitting_id, dossier_id)
);

-- A dossier is to be heard at one sitting at most.
CREATE UNIQUE INDEX commission_item_open ON commission_item (dossier_id) WHERE standing = 'open';
CREATE INDEX commission_item_by_dossier ON commission_item (dossier_id);

CREATE TRIGGER commission_deed_never_changes BEFORE UPDATE OR DELETE ON commission_deed
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER commission_deed_never_goes BEFORE TRUNCATE ON commission_deed
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
