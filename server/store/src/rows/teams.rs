//! Invitations, demands, members, and people as a provider knows them.

use dossier::role::Role;
use service::{
    Account, Millis,
    account::WebSession,
    federation::{Begun, Identity},
    sessions::Seen,
    teams::{Invitation, Mate, Request},
};
use sqlx::FromRow;

use super::AccountRow;
use crate::error::corrupt;

#[derive(FromRow)]
pub(crate) struct InvitationRow {
    id: String,
    given_to: String,
    role: String,
    structure_id: Option<String>,
    departments: String,
    given_at: i64,
    given_by: String,
    given_by_name: String,
    ends_at: i64,
    accepted_at: Option<i64>,
    revoked_at: Option<i64>,
}

impl InvitationRow {
    pub(crate) fn read(self) -> sqlx::Result<Invitation> {
        let departments = self.departments.split(',').filter(|one| !one.is_empty());
        Ok(Invitation {
            departments: departments.map(str::to_owned).collect(),
            id: self.id.into(),
            to: self.given_to,
            role: Role::from_code(&self.role).ok_or_else(|| corrupt("a role"))?,
            structure: self.structure_id.map(Into::into),
            given_at: Millis(self.given_at),
            given_by: self.given_by.into(),
            given_by_name: self.given_by_name,
            until: Millis(self.ends_at),
            accepted_at: self.accepted_at.map(Millis),
            revoked_at: self.revoked_at.map(Millis),
        })
    }
}

#[derive(FromRow)]
pub(crate) struct RequestRow {
    account_id: String,
    name: String,
    email: String,
    structure_id: String,
    asked_at: i64,
    answered_at: Option<i64>,
    is_accepted: bool,
}

impl RequestRow {
    pub(crate) fn read(self) -> Request {
        Request {
            account: self.account_id.into(),
            name: self.name,
            email: self.email,
            structure: self.structure_id.into(),
            asked_at: Millis(self.asked_at),
            answered_at: self.answered_at.map(Millis),
            is_accepted: self.is_accepted,
        }
    }
}

#[derive(FromRow)]
pub(crate) struct MateRow {
    is_admin: bool,
    #[sqlx(flatten)]
    account: AccountRow,
}

impl MateRow {
    pub(crate) fn read(self) -> sqlx::Result<Mate> {
        Ok(Mate { account: shown(self.account.read()?), is_admin: self.is_admin })
    }
}

/// An account, as colleagues see it.
pub(crate) fn shown(account: Account) -> Account {
    Account { password_hash: None, ..account }
}

#[derive(FromRow)]
pub(crate) struct BegunRow {
    state_hash: String,
    browser_hash: String,
    nonce: String,
    verifier: String,
    back: String,
    shared: bool,
    invitation: String,
    ends_at: i64,
}

impl BegunRow {
    pub(crate) fn read(self) -> Begun {
        Begun {
            state_hash: self.state_hash,
            browser_hash: self.browser_hash,
            nonce: self.nonce,
            verifier: self.verifier,
            back: self.back,
            shared: self.shared,
            invitation: self.invitation,
            until: Millis(self.ends_at),
        }
    }
}

#[derive(FromRow)]
pub(crate) struct IdentityRow {
    issuer: String,
    subject: String,
    account_id: String,
    siret: String,
    idp_id: String,
    acr: String,
    seen_at: i64,
}

impl IdentityRow {
    pub(crate) fn read(self) -> Identity {
        Identity {
            issuer: self.issuer,
            subject: self.subject,
            account: self.account_id.into(),
            siret: self.siret,
            idp_id: self.idp_id,
            acr: self.acr,
            seen_at: Millis(self.seen_at),
        }
    }
}

#[derive(FromRow)]
pub(crate) struct OpenSessionRow {
    token_hash: String,
    account_id: String,
    created_at: i64,
    seen_at: i64,
    expires_at: i64,
    browser: String,
    address: String,
    id_token: Option<String>,
}

impl OpenSessionRow {
    pub(crate) fn read(self) -> (WebSession, Seen) {
        let seen = Seen { browser: self.browser, address: self.address, id_token: self.id_token };
        let session = WebSession {
            token_hash: self.token_hash,
            account: self.account_id.into(),
            created_at: Millis(self.created_at),
            seen_at: Millis(self.seen_at),
            expires_at: Millis(self.expires_at),
        };
        (session, seen)
    }
}
