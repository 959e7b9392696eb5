//! The journal of a dossier, and the steps of its life that write in it.

use std::fmt::Write;

use dossier::{
    event::{Event, EventKind},
    id::{AccountId, DossierId},
    state::{Action, TransitionRefused, apply},
};
use sha2::{Digest, Sha256};

use crate::{Actor, DossierHead, Millis, Services, StoreError};

/// SHA-256, lower-case hexadecimal.
pub fn sha256_hex(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing into a String cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// Writes the next event of a change: the head goes on with it.
pub fn record(head: &mut DossierHead, actor: &Actor, at: Millis, what: EventKind) -> Event {
    let event = note(head, &actor.account_id, at, what);
    head.updated_at = at;
    head.updated_by = actor.account_id.clone();
    head.updated_by_name.clone_from(&actor.name);
    event
}

/// Writes the next event: the journal goes on with it, the dossier itself did not change.
pub fn note(head: &mut DossierHead, actor: &AccountId, at: Millis, what: EventKind) -> Event {
    let mut event = Event {
        dossier: head.id.clone(),
        seq: head.journal_seq + 1,
        at: at.0,
        actor: actor.clone(),
        what,
        previous_hash: head.journal_hash.clone(),
        hash: String::new(),
    };
    event.hash = sha256_hex(&event.canonical_bytes());
    head.journal_seq = event.seq;
    head.journal_hash.clone_from(&event.hash);
    event
}

/// Whether a journal is whole: nothing removed, moved or rewritten since.
pub fn is_whole(events: &[Event]) -> bool {
    let mut previous = "";
    events.iter().zip(1_u32..).all(|(event, seq)| {
        let fits = event.seq == seq
            && event.previous_hash == previous
            && event.hash == sha256_hex(&event.canonical_bytes());
        previous = &event.hash;
        fits
    })
}

/// A step in the life of a dossier, decided and not yet kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Length of the journal when it was decided: the store refuses it if the journal went on since.
    pub seen: u32,
    /// The dossier after it.
    pub head: DossierHead,
    /// What it writes in the journal.
    pub event: Event,
}

/// Why a step cannot be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StepError {
    /// No such dossier for this actor.
    #[error("no such dossier")]
    NotFound,
    /// Not for this role, or not from this state.
    #[error("the step is refused: {0:?}")]
    Refused(TransitionRefused),
    /// The dossier changed meanwhile: read it again.
    #[error("the dossier changed meanwhile")]
    Changed,
    /// The store cannot answer.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Takes a step that changes the state and nothing else.
pub(crate) async fn take(
    services: &Services,
    actor: &Actor,
    id: &DossierId,
    action: Action,
    what: EventKind,
) -> Result<(), StepError> {
    let head = services.store.head(id).await?;
    let mut head = head.filter(|head| head.is_seen_by(actor)).ok_or(StepError::NotFound)?;
    let seen = head.journal_seq;
    let role = actor.role_in(&head.structure_id);
    head.state = apply(head.state, action, role).map_err(StepError::Refused)?;
    let event = record(&mut head, actor, services.now(), what);
    let kept = services.store.step(&Step { seen, head, event }).await?;
    if kept { Ok(()) } else { Err(StepError::Changed) }
}

/// The journal of a dossier, in order.
///
/// # Errors
/// When there is no such dossier for this actor.
pub async fn read(
    services: &Services,
    actor: &Actor,
    id: &DossierId,
) -> Result<Vec<Event>, StepError> {
    let head = services.store.head(id).await?;
    head.filter(|head| head.is_seen_by(actor)).ok_or(StepError::NotFound)?;
    Ok(services.store.journal(id).await?)
}
