-- Who people are elsewhere, how they come in and belong somewhere, and where they are signed in.

-- A person as a provider of identities (ProConnect) knows them.
CREATE TABLE identity (
    issuer     TEXT NOT NULL,
    subject    TEXT NOT NULL,
    account_id TEXT NOT NULL REFERENCES account (id),
    siret      TEXT NOT NULL, -- empty when the provider does not say
    idp_id     TEXT NOT NULL,
    acr        TEXT NOT NULL,
    seen_at    BIGINT NOT NULL,
    PRIMARY KEY (issuer, subject)
) WITHOUT ROWID;

CREATE INDEX identity_by_account ON identity (account_id);

-- Sign-ins that went to the provider and did not come back yet: taken once, then gone.
CREATE TABLE sign_in_begun (
    state_hash   TEXT PRIMARY KEY,
    browser_hash TEXT NOT NULL,
    nonce        TEXT NOT NULL,
    verifier     TEXT NOT NULL,
    back         TEXT NOT NULL,
    shared       BOOLEAN NOT NULL,
    invitation   TEXT NOT NULL, -- the hash of its secret; empty without one
    ends_at      BIGINT NOT NULL
) WITHOUT ROWID;

-- Invitations into a structure or a service of the State; only a hash of the secret is kept.
CREATE TABLE account_invitation (
    id           TEXT PRIMARY KEY,
    token_hash   TEXT NOT NULL UNIQUE,
    given_to     TEXT NOT NULL,
    role         TEXT NOT NULL,
    structure_id TEXT REFERENCES structure (id), -- none for a service of the State
    departments  TEXT NOT NULL, -- comma-separated; empty for a structure
    given_at     BIGINT NOT NULL,
    given_by     TEXT NOT NULL REFERENCES account (id),
    ends_at      BIGINT NOT NULL,
    accepted_at  BIGINT,
    accepted_by  TEXT REFERENCES account (id),
    revoked_at   BIGINT
) WITHOUT ROWID;

CREATE INDEX account_invitation_by_structure ON account_invitation (structure_id);
CREATE INDEX account_invitation_by_giver ON account_invitation (given_by);

-- People whose employer is a structure, and who ask its members to let them in.
CREATE TABLE access_request (
    account_id   TEXT NOT NULL REFERENCES account (id),
    structure_id TEXT NOT NULL REFERENCES structure (id),
    asked_at     BIGINT NOT NULL,
    answered_at  BIGINT,
    answered_by  TEXT REFERENCES account (id),
    is_accepted  BOOLEAN NOT NULL,
    PRIMARY KEY (account_id, structure_id)
) WITHOUT ROWID;

CREATE INDEX access_request_by_structure ON access_request (structure_id);
CREATE INDEX membership_by_structure ON membership (structure_id);
CREATE INDEX structure_by_siret ON structure (siret);

-- What a person recognises a browser by, and what the provider wants back at the end.
ALTER TABLE web_session ADD COLUMN browser TEXT NOT NULL DEFAULT '';
ALTER TABLE web_session ADD COLUMN address TEXT NOT NULL DEFAULT '';
ALTER TABLE web_session ADD COLUMN id_token TEXT;
