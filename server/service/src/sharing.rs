//! Steps of a dossier given to a colleague by a secret link: giving, opening, taking back. Whoever
//! opens the link becomes a guest of the dossier, limited to those steps, without account or
//! password; of the link itself only a hash is kept.

mod coming;

use dossier::{
    event::EventKind,
    id::{AccountId, DossierId, ShareId},
    share::{MOST_OPEN, Terms, TermsRefused, may_give},
};
use serde::{Deserialize, Serialize};

pub use coming::{ComeError, Coming, come, look};

use crate::{
    Actor, DossierHead, Millis, Services, StoreError,
    drafts::{self, ReadError},
    forms,
    journal::{self, Step, hex, sha256_hex},
    mail::{
        Mail,
        inviting::{self, NotAnAddress},
    },
};

/// How often a change is tried again when somebody else wrote in the dossier meanwhile.
const TRIES: usize = 8;

/// Steps given to a colleague.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Share {
    /// Its id.
    pub id: ShareId,
    /// The dossier.
    pub dossier: DossierId,
    /// How the giver calls the colleague; may be empty.
    pub to: String,
    /// The steps, in the order of the form.
    pub sections: Vec<String>,
    /// When they were given.
    pub given_at: Millis,
    /// By whom.
    pub given_by: AccountId,
    /// Name of whom.
    pub given_by_name: String,
    /// When the link ends.
    pub until: Millis,
    /// Who opened it, once somebody did.
    pub guest: Option<AccountId>,
    /// The name they gave; empty before.
    pub guest_name: String,
    /// When the guest was last there, to the minute.
    pub seen_at: Option<Millis>,
    /// When it was taken back.
    pub taken_back_at: Option<Millis>,
}

impl Share {
    /// Whether its link works.
    pub fn is_open(&self, now: Millis) -> bool {
        self.taken_back_at.is_none() && now < self.until
    }
}

/// A link to keep: what is given, the hash of the secret, and the step in the dossier's journal.
#[derive(Clone, Debug)]
pub struct Giving {
    /// What is given.
    pub share: Share,
    /// SHA-256 of the secret, hexadecimal.
    pub token_hash: String,
    /// The message to the colleague, when their address is known.
    pub mail: Option<Mail>,
    /// What the journal says of it.
    pub step: Step,
}

/// A new link.
#[derive(Clone, PartialEq, Eq)]
pub struct Given {
    /// What is given.
    pub share: Share,
    /// The secret of the link; kept nowhere here but in the message that takes it there.
    pub token: String,
    /// Where it is sent, if it is.
    pub mailed_to: Option<String>,
}

/// Why steps cannot be given, or taken back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ShareError {
    /// No such dossier, or no such link, for this actor.
    #[error("no such dossier")]
    NotFound,
    /// The state of the dossier allows no writing.
    #[error("the dossier is not open to writing")]
    NotEditable,
    /// The terms make no sense.
    #[error("the terms are refused: {0:?}")]
    Terms(TermsRefused),
    /// Not an e-mail address.
    #[error("not an e-mail address")]
    BadEmail,
    /// Too many links of this dossier are open.
    #[error("too many open links")]
    TooMany,
    /// Others wrote again and again meanwhile: nothing was changed.
    #[error("the dossier changed meanwhile")]
    Changed,
    /// The store cannot answer.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<ReadError> for ShareError {
    fn from(error: ReadError) -> Self {
        match error {
            ReadError::NotFound => Self::NotFound,
            ReadError::Store(error) => Self::Store(error),
        }
    }
}

/// Gives steps of a dossier to whoever will hold the link, which is sent to an address when one is given.
///
/// # Errors
/// See [`ShareError`]; nothing is kept then.
pub async fn give(
    services: &Services,
    actor: &Actor,
    id: &DossierId,
    terms: Terms,
    email: &str,
) -> Result<Given, ShareError> {
    let address =
        inviting::address(services, email).map_err(|NotAnAddress| ShareError::BadEmail)?;
    let (token, share_id) = (hex(&services.ids.secret()), ShareId::from(services.ulid()));
    for _ in 0..TRIES {
        let head = drafts::head(services, actor, id).await?;
        if !may_give(head.state, actor.role_in(&head.structure_id)) {
            return Err(ShareError::NotEditable);
        }
        let form = forms::of(services, &head.form_key()).await?;
        let now = services.now();
        let today = now.day_in_paris().ok_or(StoreError::Corrupt)?;
        let settled = terms.clone().settled(form.revision, today).map_err(ShareError::Terms)?;
        let open = services.store.shares_of(id).await?;
        if open.iter().filter(|share| share.is_open(now)).count() >= MOST_OPEN {
            return Err(ShareError::TooMany);
        }
        let Terms { to, sections, last_day } = settled;
        let refused = ShareError::Terms(TermsRefused::BadEnd);
        let until = Millis::after_day_in_paris(last_day).ok_or(refused)?;
        let share = Share {
            id: share_id.clone(),
            dossier: id.clone(),
            to,
            sections: sections.clone(),
            given_at: now,
            given_by: actor.account_id.clone(),
            given_by_name: actor.name.clone(),
            until,
            guest: None,
            guest_name: String::new(),
            seen_at: None,
            taken_back_at: None,
        };
        let what = EventKind::StepsGiven { share: share_id.clone(), sections, until: until.0 };
        let mail =
            address.clone().map(|to| inviting::to_steps(services, to, (&share, &token), &head));
        let step = aside(head, &actor.account_id, now, what);
        let token_hash = sha256_hex(token.as_bytes());
        let giving = Giving { share: share.clone(), token_hash, mail, step };
        if services.store.give(&giving).await? {
            return Ok(Given { share, token, mailed_to: address });
        }
    }
    Err(ShareError::Changed)
}

/// What was given of a dossier, latest first.
///
/// # Errors
/// When there is no such dossier for this actor. Guests do not see who else was given what.
pub async fn of(
    services: &Services,
    actor: &Actor,
    id: &DossierId,
) -> Result<Vec<Share>, ReadError> {
    drafts::head(services, actor, id).await?;
    Ok(services.store.shares_of(id).await?)
}

/// Takes steps back: at once, on every device of the guest.
///
/// # Errors
/// See [`ShareError`]. What was taken back already stays so.
pub async fn take_back(
    services: &Services,
    actor: &Actor,
    id: &DossierId,
    share: &ShareId,
) -> Result<(), ShareError> {
    for _ in 0..TRIES {
        let head = drafts::head(services, actor, id).await?;
        let shares = services.store.shares_of(id).await?;
        let found = shares.iter().find(|one| one.id == *share).ok_or(ShareError::NotFound)?;
        if found.taken_back_at.is_some() {
            return Ok(());
        }
        let what = EventKind::StepsTakenBack { share: share.clone() };
        let step = aside(head, &actor.account_id, services.now(), what);
        if services.store.take_back(share, &step).await? {
            return Ok(());
        }
    }
    Err(ShareError::Changed)
}

/// A line in the journal that changes no answer and no state: who wrote last stays who wrote last.
fn aside(mut head: DossierHead, actor: &AccountId, at: Millis, what: EventKind) -> Step {
    let seen = head.journal_seq;
    let event = journal::note(&mut head, actor, at, what);
    Step { seen, head, event }
}
