-- A second proof for accounts with a password.

-- What an application makes codes from. It is not on until a first code was shown.
CREATE TABLE second_factor (
    account_id TEXT PRIMARY KEY REFERENCES account (id),
    secret     TEXT NOT NULL, -- base 32
    on_since   BIGINT,
    last_step  BIGINT NOT NULL -- of thirty seconds since 1970: a code serves once
);

-- Codes kept on paper, each of which serves once: only hashes.
CREATE TABLE paper_code (
    account_id TEXT NOT NULL REFERENCES account (id),
    code_hash  TEXT NOT NULL,
    PRIMARY KEY (account_id, code_hash)
);

-- Sign-ins whose password was right, and that wait for a code.
CREATE TABLE sign_in_halfway (
    token_hash TEXT PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES account (id),
    tries      BIGINT NOT NULL,
    ends_at    BIGINT NOT NULL
);
