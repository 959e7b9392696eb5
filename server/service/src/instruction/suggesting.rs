//! What the structure makes of a value that the State suggests: takes it, which is a write like any other
//! of its own, or refuses it and says why.

use std::collections::BTreeMap;

use dossier::{
    event::EventKind,
    id::{DossierId, NoteId},
    note::Offer,
    operation::{Gesture, Operation, Verdict},
    right::Right,
};

use form::{Answers, At, Revision};

use super::{
    TRIES,
    notes::{Chosen, Note, NoteError, noted, one, read, text_of},
};
use crate::{
    Actor, DossierHead, Services, StoreError,
    drafts::{self, SaveError},
    forms,
};

/// What is made of a suggested value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice<'a> {
    /// It becomes the answer.
    Take {
        /// Version of the answer that the person read; 0 for none.
        seen: u32,
        /// Whether they know that the answer changed since the value was suggested.
        knowing: bool,
    },
    /// The answer stays, for this reason.
    Refuse(&'a str),
}

/// Why nothing is made of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ChooseError {
    /// As for any note.
    #[error(transparent)]
    Note(#[from] NoteError),
    /// The note suggests nothing, or is settled.
    #[error("nothing is suggested there any more")]
    Gone,
    /// The answer changed since it was read, or since the value was suggested: look again.
    #[error("the answer changed since")]
    Moved,
    /// The dossier is not open to writing, or not there.
    #[error("the answer is closed")]
    Closed,
}

impl From<SaveError> for ChooseError {
    fn from(error: SaveError) -> Self {
        match error {
            SaveError::NotFound => NoteError::NotFound.into(),
            SaveError::NotEditable | SaveError::TooMany => Self::Closed,
            SaveError::Store(error) => NoteError::Store(error).into(),
        }
    }
}

/// Takes or refuses the value that a note suggests.
///
/// # Errors
/// See [`ChooseError`]; nothing is written then.
pub async fn choose(
    services: &Services,
    actor: &Actor,
    id: &DossierId,
    note: &NoteId,
    choice: Choice<'_>,
) -> Result<(), ChooseError> {
    let (head, found) = one(services, actor, id, note).await?;
    if !head.is_of(actor) {
        return Err(NoteError::NotForRole.into());
    }
    if !head.may(actor, Right::ChooseSuggestion) {
        return Err(ChooseError::Closed);
    }
    let Some(value) = found.suggested.clone().filter(|_| found.settled.is_none()) else {
        return Err(ChooseError::Gone);
    };
    match choice {
        Choice::Take { seen, knowing } => {
            let version = take(services, actor, (id, &found), &value, (seen, knowing)).await?;
            keep(services, actor, (id, note), (true, "", seen, version)).await
        }
        Choice::Refuse(reason) => {
            let reason = text_of(reason)?;
            keep(services, actor, (id, note), (false, &reason, 0, 0)).await
        }
    }
}

/// Writes the value over the answer that was read; gives the version that it became.
async fn take(
    services: &Services,
    actor: &Actor,
    (id, note): (&DossierId, &Note),
    value: &str,
    (seen, knowing): (u32, bool),
) -> Result<u32, ChooseError> {
    let draft = drafts::read(services, actor, id).await.map_err(NoteError::from)?;
    let form = forms::of(services, &draft.head.form_key()).await.map_err(NoteError::from)?.revision;
    let at = &note.anchor.at;
    let now = draft.answers.at(at).map_or(0, |answer| answer.version);
    let may = match dossier::note::offer(form, &draft.answers, at, (&note.anchor.said, value)) {
        Offer::Gone => return Err(ChooseError::Gone),
        Offer::Said => return Ok(now),
        Offer::Open => now == seen,
        Offer::Moved => now == seen && knowing,
    };
    if !may {
        return Err(ChooseError::Moved);
    }
    let gesture = Gesture::Write(value.to_owned());
    let operation = Operation { id: services.ulid(), at: at.clone(), gesture, seen };
    let outcomes = drafts::save(services, actor, id, vec![operation]).await?;
    match outcomes.into_iter().next().map(|outcome| outcome.verdict) {
        Some(Verdict::Saved { version } | Verdict::Merged { version, .. }) => Ok(version),
        Some(Verdict::Refused(_)) => Err(ChooseError::Closed),
        // Somebody wrote there meanwhile: they are not written over.
        Some(Verdict::Conflict { .. }) | None => Err(ChooseError::Moved),
    }
}

/// Keeps what was made of it, on what others left.
async fn keep(
    services: &Services,
    actor: &Actor,
    (id, note): (&DossierId, &NoteId),
    (accepted, reason, seen, version): (bool, &str, u32, u32),
) -> Result<(), ChooseError> {
    for _ in 0..TRIES {
        let (mut head, found) = one(services, actor, id, note).await?;
        let now = services.now();
        let what = EventKind::SuggestionChosen { note: found.id.clone(), accepted };
        let step = noted(&mut head, actor, now, what);
        let chosen = Chosen {
            seq: step.event.seq,
            accepted,
            reason: reason.to_owned(),
            seen,
            version,
            at: now,
            by: actor.account_id.clone(),
            by_name: actor.name.clone(),
        };
        let kept = services.store.choose_suggestion(&found.id, &chosen, &step).await;
        if kept.map_err(NoteError::from)? {
            return Ok(());
        }
    }
    Err(NoteError::Changed.into())
}

/// The versions of an answer that were a suggested value, with the name of who suggested it, for whoever
/// reads the notes.
///
/// # Errors
/// When the store cannot answer.
pub async fn taken(
    services: &Services,
    actor: &Actor,
    head: &DossierHead,
    here: (&Revision, &Answers),
    at: &At,
) -> Result<BTreeMap<u32, String>, StoreError> {
    if head.deposits == 0 {
        return Ok(BTreeMap::new());
    }
    let threads = read(services, actor, head, here).await?;
    let notes = threads.into_iter().map(|thread| thread.note).filter(|note| note.anchor.at == *at);
    let taken = notes.flat_map(|note| {
        let accepted = note.chosen.into_iter().filter(|chosen| chosen.accepted);
        let by = note.by_name;
        accepted.map(move |chosen| (chosen.version, by.clone()))
    });
    Ok(taken.collect())
}
