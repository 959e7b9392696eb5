//! The structure's side: opening a dossier, reading its draft, writing answers, giving it up.

use std::collections::BTreeMap;

use dossier::{
    event::EventKind,
    id::DossierId,
    operation::{Operation, Outcome},
    role::Scope,
    share::Part,
    state::Action,
};
use form::{Answers, At, Provenance};

use crate::{
    Actor, DossierHead, Services, StoreError, Structure, forms,
    journal::{self, StepError},
    saving::{Decision, Save},
};

pub use crate::opening::{NewDossier, OpenError, Opening, Prefill, open};

/// What a person comes home to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Home {
    /// Their structures, by name.
    pub structures: Vec<Structure>,
    /// The dossiers they see, latest change first.
    pub dossiers: Vec<DossierHead>,
}

/// A dossier being filled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// The dossier.
    pub head: DossierHead,
    /// Its answers.
    pub answers: Answers,
}

/// Why a draft cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// No such dossier for this actor.
    #[error("no such dossier")]
    NotFound,
    /// The store cannot answer.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Why nothing was saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SaveError {
    /// No such dossier for this actor.
    #[error("no such dossier")]
    NotFound,
    /// Its state allows no writing.
    #[error("the dossier is not open to writing")]
    NotEditable,
    /// More operations than a device ever sends at once.
    #[error("too many operations at once")]
    TooMany,
    /// The store cannot answer.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<ReadError> for SaveError {
    fn from(error: ReadError) -> Self {
        match error {
            ReadError::NotFound => Self::NotFound,
            ReadError::Store(error) => Self::Store(error),
        }
    }
}

/// Most operations in one save.
pub const MOST_OPERATIONS: usize = 1_000;

/// What a person comes home to.
///
/// # Errors
/// When the store cannot answer.
pub async fn home(services: &Services, actor: &Actor) -> Result<Home, StoreError> {
    let structures = match &actor.scope {
        Scope::Structures(ids) => services.store.structures(ids).await?,
        _ => Vec::new(),
    };
    let dossiers = services.store.heads(&actor.scope).await?;
    Ok(Home { structures, dossiers })
}

/// The head of a dossier that the actor writes, whole.
///
/// # Errors
/// When there is no such dossier for this actor.
pub async fn head(
    services: &Services,
    actor: &Actor,
    id: &DossierId,
) -> Result<DossierHead, ReadError> {
    let head = services.store.head(id).await?;
    head.filter(|head| head.is_of(actor)).ok_or(ReadError::NotFound)
}

/// The head of a dossier that the actor fills, whole or in part, with that part.
///
/// # Errors
/// When no part of it is theirs.
pub async fn part(
    services: &Services,
    actor: &Actor,
    id: &DossierId,
) -> Result<(DossierHead, Part), ReadError> {
    let head = services.store.head(id).await?.ok_or(ReadError::NotFound)?;
    let part = head.part_of(actor).ok_or(ReadError::NotFound)?;
    Ok((head, part))
}

/// Reads the part of a draft that the actor fills. Of other steps it holds no more than
/// [`Part::of`] says.
///
/// # Errors
/// When no part of it is theirs.
pub async fn read_part(
    services: &Services,
    actor: &Actor,
    id: &DossierId,
) -> Result<(Draft, Part), ReadError> {
    let Draft { head, answers } = services.store.draft(id).await?.ok_or(ReadError::NotFound)?;
    let part = head.part_of(actor).ok_or(ReadError::NotFound)?;
    let form = forms::of(services, &head.form_key()).await?;
    let answers = part.of(form.revision, answers);
    Ok((Draft { head, answers }, part))
}

/// Reads a draft, whole.
///
/// # Errors
/// When there is no such dossier for this actor. Agents read deposits, never drafts.
pub async fn read(services: &Services, actor: &Actor, id: &DossierId) -> Result<Draft, ReadError> {
    let draft = services.store.draft(id).await?;
    draft.filter(|draft| draft.head.is_of(actor)).ok_or(ReadError::NotFound)
}

/// Saves: one outcome for each operation, in their order. Whatever is `Saved` is durable.
///
/// # Errors
/// When nothing could be saved; the device keeps its operations.
pub async fn save(
    services: &Services,
    actor: &Actor,
    id: &DossierId,
    operations: Vec<Operation>,
) -> Result<Vec<Outcome>, SaveError> {
    save_given(services, actor, id, operations, BTreeMap::new()).await
}

/// Saves, some of the texts being those of a source.
pub(crate) async fn save_given(
    services: &Services,
    actor: &Actor,
    id: &DossierId,
    operations: Vec<Operation>,
    given: BTreeMap<At, Provenance>,
) -> Result<Vec<Outcome>, SaveError> {
    if operations.len() > MOST_OPERATIONS {
        return Err(SaveError::TooMany);
    }
    let (dossier, at) = (id.clone(), services.now());
    let save = Save { dossier, actor: actor.clone(), at, operations, given };
    match services.store.save(save).await? {
        Some(Decision::Outcomes(outcomes)) => Ok(outcomes),
        Some(Decision::NotEditable) => Err(SaveError::NotEditable),
        Some(Decision::NotFound) | None => Err(SaveError::NotFound),
    }
}

/// Gives a draft up.
///
/// # Errors
/// When there is no such dossier for this actor, or it is not a draft any more.
pub async fn abandon(services: &Services, actor: &Actor, id: &DossierId) -> Result<(), StepError> {
    journal::take(services, actor, id, Action::Abandon, EventKind::Abandoned).await
}
