//! What a structure changes in a dossier that was sent back, and how it opens more of it.

use dossier::{event::EventKind, id::DossierId, reopened::Reopened, right::Right};
use form::At;

use super::{TRIES, notes::noted};
use crate::{
    Actor, DossierHead, Services, StoreError,
    drafts::{self, ReadError},
    forms,
};

/// Why an answer is not opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReopenError {
    /// No such dossier for this actor.
    #[error("no such dossier")]
    NotFound,
    /// The form has nothing of that name.
    #[error("no such place")]
    NoSuchPlace,
    /// The dossier was not sent back, or is deposited again.
    #[error("the dossier is not sent back")]
    NotReturned,
    /// Others wrote again and again meanwhile.
    #[error("the dossier changed meanwhile")]
    Changed,
    /// The store cannot answer.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<ReadError> for ReopenError {
    fn from(error: ReadError) -> Self {
        match error {
            ReadError::NotFound => Self::NotFound,
            ReadError::Store(error) => Self::Store(error),
        }
    }
}

/// What is open in a dossier, for whoever fills a part of it; `None` when all of it is, or nothing.
///
/// # Errors
/// When the store cannot answer.
pub async fn reopened(
    services: &Services,
    head: &DossierHead,
) -> Result<Option<Reopened>, StoreError> {
    if !head.state.is_returned() {
        return Ok(None);
    }
    services.store.reopened(&head.id).await.map(|open| Some(open).filter(|open| !open.whole))
}

/// Opens an answer, a row or a table that nothing was asked about: whoever writes the whole dossier may,
/// and the State sees that they did.
///
/// # Errors
/// See [`ReopenError`]; nothing is kept then.
pub async fn reopen(
    services: &Services,
    actor: &Actor,
    id: &DossierId,
    at: &At,
) -> Result<(), ReopenError> {
    for _ in 0..TRIES {
        let mut head = drafts::head(services, actor, id).await?;
        let form = forms::of(services, &head.form_key()).await?.revision;
        if form.place(&at.field).is_none() && form.table(&at.field).is_none() {
            return Err(ReopenError::NoSuchPlace);
        }
        if !head.may(actor, Right::Reopen) {
            return Err(ReopenError::NotReturned);
        }
        if services.store.reopened(id).await?.holds(form, at) {
            return Ok(());
        }
        let what = EventKind::AnswerReopened { place: at.to_string() };
        let step = noted(&mut head, actor, services.now(), what);
        if services.store.add_reopening(at, &step).await? {
            return Ok(());
        }
    }
    Err(ReopenError::Changed)
}

/// What the structure opened by itself between the deposit before and this one, for whoever reads it.
///
/// # Errors
/// When the store cannot answer.
pub async fn reopened_by_structure(
    services: &Services,
    head: &DossierHead,
) -> Result<Vec<At>, StoreError> {
    match head.deposits {
        0 | 1 => Ok(Vec::new()),
        last => services.store.reopenings(&head.id, last - 1).await,
    }
}
