//! Adding people and structures: the command line and the demonstration use it.

use dossier::{id::AccountId, role::Role};

use crate::{Account, Membership, Services, StoreError, Structure, sessions::hash_password};

/// A person to add.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewAccount {
    /// Its id, from [`Services::ulid`].
    pub id: AccountId,
    /// E-mail address.
    pub email: String,
    /// Name as others read it.
    pub name: String,
    /// What the person does; may be empty.
    pub title: String,
    /// What the person is here for.
    pub role: Role,
    /// Whether anybody may enter as this person in a demonstration.
    pub is_persona: bool,
    /// Password; none for who does not sign in by password.
    pub password: Option<String>,
    /// Départements of an agent; empty for others.
    pub departments: Vec<String>,
}

/// Why somebody cannot be added.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AddError {
    /// The address or the id is taken.
    #[error("the address is taken")]
    Taken,
    /// Not an e-mail address.
    #[error("this is not an e-mail address")]
    BadEmail,
    /// The password cannot be hashed.
    #[error("this cannot be a password")]
    BadPassword,
    /// The store cannot answer.
    #[error(transparent)]
    Store(StoreError),
}

impl From<StoreError> for AddError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Conflict => Self::Taken,
            other => Self::Store(other),
        }
    }
}

/// Adds a person.
///
/// # Errors
/// When the address is taken or malformed.
pub async fn add_account(services: &Services, new: NewAccount) -> Result<AccountId, AddError> {
    let email = form::identifier::email(&new.email).ok_or(AddError::BadEmail)?.to_lowercase();
    let password_hash = match new.password {
        None => None,
        Some(password) => {
            let secret = services.ids.secret();
            let hashed =
                tokio::task::spawn_blocking(move || hash_password(&password, &secret)).await;
            Some(hashed.ok().and_then(Result::ok).ok_or(AddError::BadPassword)?)
        }
    };
    let account = Account {
        id: new.id,
        email,
        name: new.name,
        title: new.title,
        role: new.role,
        is_persona: new.is_persona,
        password_hash,
    };
    services.store.add_account(&account).await?;
    services.store.set_territory(&account.id, &new.departments).await?;
    Ok(account.id)
}

/// Adds a structure, or brings it up to date.
///
/// # Errors
/// When the store cannot answer.
pub async fn add_structure(services: &Services, structure: &Structure) -> Result<(), StoreError> {
    services.store.put_structure(structure).await
}

/// Makes a person belong to a structure, or changes how.
///
/// # Errors
/// When the person or the structure is not there.
pub async fn add_membership(
    services: &Services,
    membership: &Membership,
) -> Result<(), StoreError> {
    services.store.put_membership(membership).await
}
