-- Steps of a dossier given to a colleague by a secret link; only a hash of the secret is kept.
CREATE TABLE shared_steps (
    id            TEXT PRIMARY KEY,
    dossier_id    TEXT NOT NULL REFERENCES dossier (id),
    token_hash    TEXT NOT NULL UNIQUE,
    given_to      TEXT NOT NULL,
    sections      TEXT NOT NULL, -- comma-separated
    given_at      BIGINT NOT NULL,
    given_by      TEXT NOT NULL REFERENCES account (id),
    ends_at       BIGINT NOT NULL,
    guest_id      TEXT UNIQUE REFERENCES account (id), -- once somebody came
    seen_at       BIGINT,
    taken_back_at BIGINT
) WITHOUT ROWID;

CREATE INDEX shared_steps_by_dossier ON shared_steps (dossier_id);
CREATE INDEX web_session_by_account ON web_session (account_id);

-- Who is in a dossier, page by page: no answers, and forgotten within minutes.
CREATE TABLE presence (
    dossier_id TEXT NOT NULL REFERENCES dossier (id),
    page_id    TEXT NOT NULL,
    account_id TEXT NOT NULL REFERENCES account (id),
    section_id TEXT NOT NULL,
    at         BIGINT NOT NULL,
    PRIMARY KEY (dossier_id, page_id)
) WITHOUT ROWID;
