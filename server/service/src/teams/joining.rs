//! Coming in: by an invitation, or because one's employer is the structure.

use dossier::{
    id::{AccountId, InvitationId},
    role::Role,
};

use super::{Invitation, Request};
use crate::{
    Account, Membership, Millis, Services, StoreError, Structure,
    journal::sha256_hex,
    sessions::{self, SignedIn, hash_password},
};

/// Shortest password, in characters.
pub const SHORTEST: usize = 12;
/// Longest one: hashing more costs without protecting more.
pub const LONGEST: usize = 200;

/// Why an invitation does not let somebody in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum JoinError {
    /// No such invitation.
    #[error("no such invitation")]
    NotFound,
    /// Used, taken back, or too old.
    #[error("the invitation is over")]
    Ended,
    /// The account is of another kind: an agent does not join a structure.
    #[error("the account is of another kind")]
    OtherKind,
    /// No name.
    #[error("this is not a name")]
    BadName,
    /// Not an address.
    #[error("this is not an address")]
    BadEmail,
    /// The address has an account: it signs in first.
    #[error("the address has an account")]
    Taken,
    /// The password is too short, or too long.
    #[error("this cannot be a password")]
    BadPassword,
    /// The store cannot answer.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What an invitation changes, in one transaction.
#[derive(Clone, Debug)]
pub struct Acceptance {
    /// Which invitation.
    pub invitation: InvitationId,
    /// When.
    pub at: Millis,
    /// Who comes.
    pub account: AccountId,
    /// The account, when it is new.
    pub newcomer: Option<Account>,
    /// Where they belong from now on.
    pub membership: Option<Membership>,
    /// Or for which départements.
    pub departments: Vec<String>,
}

/// Somebody who comes without an account.
#[derive(Clone, PartialEq, Eq)]
pub struct Newcomer {
    /// Their name.
    pub name: String,
    /// Their address.
    pub email: String,
    /// Their password.
    pub password: String,
}

/// What an invitation gives, by the secret of its link.
///
/// # Errors
/// When there is no such, or it is over.
pub async fn look(
    services: &Services,
    token: &str,
) -> Result<(Invitation, Option<Structure>), JoinError> {
    let invitation = open(services, &sha256_hex(token.as_bytes())).await?;
    let structure = match &invitation.structure {
        Some(id) => Some(services.store.structure(id).await?.ok_or(StoreError::Corrupt)?),
        None => None,
    };
    Ok((invitation, structure))
}

async fn open(services: &Services, token_hash: &str) -> Result<Invitation, JoinError> {
    let found = services.store.invitation_by_token(token_hash).await?;
    let invitation = found.ok_or(JoinError::NotFound)?;
    if invitation.is_open(services.now()) { Ok(invitation) } else { Err(JoinError::Ended) }
}

/// Comes in by an invitation, known by the hash of its secret: as this account, or as a new one.
///
/// # Errors
/// See [`JoinError`]; nothing is changed then.
pub async fn accept(
    services: &Services,
    token_hash: &str,
    account: Option<AccountId>,
    newcomer: Option<Account>,
) -> Result<AccountId, JoinError> {
    let invitation = open(services, token_hash).await?;
    let newcomer = match &account {
        Some(id) => {
            let known = services.store.account(id).await?.ok_or(StoreError::Corrupt)?;
            let fits = if invitation.structure.is_some() {
                known.role.is_siae()
            } else {
                known.role == invitation.role
            };
            if !fits {
                return Err(JoinError::OtherKind);
            }
            None
        }
        None => newcomer.map(|new| Account { role: role_of(&invitation), ..new }),
    };
    let id = account.or(newcomer.as_ref().map(|new| new.id.clone())).ok_or(JoinError::NotFound)?;
    let membership = invitation.structure.as_ref().map(|structure| Membership {
        account: id.clone(),
        structure: structure.clone(),
        is_admin: invitation.role == Role::SiaeAdmin,
    });
    let acceptance = Acceptance {
        invitation: invitation.id,
        at: services.now(),
        account: id.clone(),
        newcomer,
        membership,
        departments: invitation.departments,
    };
    match services.store.accept_invitation(&acceptance).await {
        Ok(true) => Ok(id),
        // Somebody else came by it, or it was taken back, meanwhile.
        Ok(false) => Err(JoinError::Ended),
        Err(StoreError::Conflict) => Err(JoinError::Taken),
        Err(error) => Err(error.into()),
    }
}

/// Towards one structure, a person's role is said by their membership there.
fn role_of(invitation: &Invitation) -> Role {
    if invitation.structure.is_some() { Role::SiaeMember } else { invitation.role }
}

/// Comes in by an invitation with a new account of one's own, and signs in.
///
/// # Errors
/// See [`JoinError`]; nothing is changed then.
pub async fn join(services: &Services, token: &str, new: Newcomer) -> Result<SignedIn, JoinError> {
    let token_hash = sha256_hex(token.as_bytes());
    // Before anything costly: a link that is over hashes no password.
    open(services, &token_hash).await?;
    let name = dossier::share::name(&new.name).filter(|name| !name.is_empty());
    let name = name.ok_or(JoinError::BadName)?;
    let email = form::identifier::email(&new.email).ok_or(JoinError::BadEmail)?.to_lowercase();
    let (length, secret) = (new.password.chars().count(), services.ids.secret());
    if !(SHORTEST..=LONGEST).contains(&length) {
        return Err(JoinError::BadPassword);
    }
    if services.store.account_by_email(&email).await?.is_some() {
        return Err(JoinError::Taken);
    }
    let hashed = tokio::task::spawn_blocking(move || hash_password(&new.password, &secret)).await;
    let password_hash = hashed.ok().and_then(Result::ok).ok_or(JoinError::BadPassword)?;
    let account = Account {
        id: services.ulid().into(),
        email,
        name,
        title: String::new(),
        role: Role::SiaeMember,
        is_persona: false,
        password_hash: Some(password_hash),
    };
    let id = accept(services, &token_hash, None, Some(account)).await?;
    Ok(sessions::begin(services, &id).await?)
}

/// Comes in by an invitation as somebody who has an account.
///
/// # Errors
/// See [`JoinError`]; nothing is changed then.
pub async fn rejoin(
    services: &Services,
    token_hash: &str,
    account: AccountId,
) -> Result<(), JoinError> {
    accept(services, token_hash, Some(account), None).await.map(drop)
}

/// Looks whether a person's employer, by its SIRET, is a structure: its first member leads it, the
/// others ask those who are there. Asking once is enough, whatever the answer was.
///
/// # Errors
/// When the store cannot answer.
pub async fn claim(services: &Services, who: &AccountId, siret: &str) -> Result<(), StoreError> {
    if siret.is_empty() {
        return Ok(());
    }
    let account = services.store.account(who).await?.ok_or(StoreError::Corrupt)?;
    if !account.role.is_siae() {
        return Ok(());
    }
    for structure in services.store.structures_by_siret(siret).await? {
        let first =
            Membership { account: who.clone(), structure: structure.id.clone(), is_admin: true };
        if services.store.add_first_member(&first).await? {
            continue;
        }
        let request = Request {
            account: who.clone(),
            name: account.name.clone(),
            email: account.email.clone(),
            structure: structure.id,
            asked_at: services.now(),
            answered_at: None,
            is_accepted: false,
        };
        services.store.add_access_request(&request).await?;
    }
    Ok(())
}
