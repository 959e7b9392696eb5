//! Coming in by a link that gives steps.

use dossier::{event::EventKind, id::ShareId, role::Role, share::name};

use super::{Share, TRIES, aside};
use crate::{
    Account, AccountId, DossierHead, Services, StoreError,
    account::WebSession,
    journal::{Step, sha256_hex},
    sessions::{self, SignedIn},
};

/// A guest who comes in on one more device.
#[derive(Clone, Debug)]
pub struct Coming {
    /// What was given.
    pub share: ShareId,
    /// The guest, the first time.
    pub account: Option<Account>,
    /// The session of the device; those over the limit end, the one used longest ago first.
    pub session: WebSession,
    /// What the journal says of it.
    pub step: Step,
}

/// Why a link does not open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ComeError {
    /// No such link.
    #[error("no such link")]
    NotFound,
    /// It was taken back, or it is over.
    #[error("the link does not work any more")]
    Ended,
    /// No name, or one that is too long.
    #[error("this is not a name")]
    BadName,
    /// Others wrote again and again meanwhile.
    #[error("the dossier changed meanwhile")]
    Changed,
    /// The store cannot answer.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What a link gives, with its dossier.
///
/// # Errors
/// When there is no such link, or it does not work any more.
pub async fn look(services: &Services, token: &str) -> Result<(Share, DossierHead), ComeError> {
    let found = services.store.share_by_token(&sha256_hex(token.as_bytes())).await?;
    let share = found.ok_or(ComeError::NotFound)?;
    if !share.is_open(services.now()) {
        return Err(ComeError::Ended);
    }
    let head = services.store.head(&share.dossier).await?.ok_or(StoreError::Corrupt)?;
    Ok((share, head))
}

/// Comes in by a link: a session as the guest of the dossier. The first who comes gives their name;
/// later the link opens as the same guest, on few devices at the same time.
///
/// # Errors
/// See [`ComeError`].
pub async fn come(services: &Services, token: &str, typed: &str) -> Result<SignedIn, ComeError> {
    for _ in 0..TRIES {
        let (share, head) = look(services, token).await?;
        let (guest, account) = if let Some(guest) = &share.guest {
            (guest.clone(), None)
        } else {
            let account = guest_of(&share, typed, services.ulid().into())?;
            (account.id.clone(), Some(account))
        };
        let now = services.now();
        let (token, mut session) = sessions::new_session(services, &guest);
        session.expires_at = session.expires_at.min(share.until);
        let token_hash = session.token_hash.clone();
        let step = aside(head, &guest, now, EventKind::StepsOpened { share: share.id.clone() });
        services.store.remove_expired_sessions(now).await?;
        let coming = Coming { share: share.id, account, session, step };
        if services.store.come(&coming).await? {
            let found = services.store.session(&token_hash).await?;
            let (_, person) = found.ok_or(StoreError::Corrupt)?;
            return Ok(SignedIn { token, actor: person.into() });
        }
    }
    Err(ComeError::Changed)
}

/// The guest, by the name they gave. It says that they were invited, so that nobody takes them in the
/// history for somebody of the structure.
fn guest_of(share: &Share, typed: &str, id: AccountId) -> Result<Account, ComeError> {
    let name = name(typed).filter(|name| !name.is_empty()).ok_or(ComeError::BadName)?;
    Ok(Account {
        // Nobody signs in by it: it is no address, and there is no password.
        email: format!("invitation:{}", share.id),
        id,
        name: format!("{name} (sur invitation)"),
        title: format!("Invitation de {}", share.given_by_name),
        role: Role::Guest,
        is_persona: false,
        password_hash: None,
    })
}
