//! The texts that one answer had, and taking one of them again: nothing typed is ever lost.

use dossier::{
    id::DossierId,
    operation::{Gesture, Operation, Outcome},
};
use form::At;

use crate::{
    Actor, Services,
    drafts::{self, ReadError, SaveError},
    forms,
    saving::Written,
};

/// Every text that an answer had, latest first.
///
/// # Errors
/// When there is no such dossier for this actor, or the question is in no step of theirs. Agents read
/// deposits, never drafts.
pub async fn read(
    services: &Services,
    actor: &Actor,
    id: &DossierId,
    at: &At,
) -> Result<Vec<Written>, ReadError> {
    let (head, part) = drafts::part(services, actor, id).await?;
    let form = forms::of(services, &head.form_key()).await?;
    if !part.holds_question(form.revision, &at.field) {
        return Err(ReadError::NotFound);
    }
    Ok(services.store.history(id, at).await?)
}

/// Writes an earlier text again, over the present one, which stays in the history. No outcome when
/// there is no such version.
///
/// # Errors
/// When nothing could be saved.
pub async fn restore(
    services: &Services,
    actor: &Actor,
    id: &DossierId,
    at: &At,
    version: u32,
) -> Result<Option<Outcome>, SaveError> {
    let texts = read(services, actor, id, at).await?;
    let seen = texts.first().map_or(0, |written| written.answer.version);
    let earlier = texts.into_iter().find(|written| written.answer.version == version);
    let Some(earlier) = earlier else { return Ok(None) };
    let gesture = Gesture::Write(earlier.answer.raw);
    let operation = Operation { id: services.ulid(), at: at.clone(), gesture, seen };
    let outcomes = drafts::save(services, actor, id, vec![operation]).await?;
    Ok(outcomes.into_iter().next())
}
