-- The annexes that bridge two years of a convention: see dossier::annex::provisional. Where one stands is
-- computed from the annexes of its year.

CREATE TABLE provisional_annex (
    prefix       TEXT NOT NULL,
    perimeter    TEXT NOT NULL,
    renewal      BIGINT NOT NULL,
    dossier_id   TEXT NOT NULL REFERENCES dossier (id), -- of the annexe that it goes on with
    start_day    TEXT NOT NULL,
    end_day      TEXT NOT NULL,
    months       BIGINT NOT NULL,
    granted      TEXT NOT NULL,
    unit         BIGINT, -- none under a flat rate
    departmental BIGINT,
    made_at      BIGINT NOT NULL,
    PRIMARY KEY (prefix, perimeter, renewal)
) WITHOUT ROWID;

CREATE INDEX provisional_annex_by_dossier ON provisional_annex (dossier_id);
CREATE INDEX provisional_annex_by_start ON provisional_annex (start_day);
CREATE INDEX annex_by_start ON annex (start_day);
