//! Who follows a dossier: taking it, handing it over, releasing it, several at once, and undoing that
//! for a while.

use dossier::{
    event::EventKind,
    id::{AccountId, DossierId},
    state::State,
};

use super::{Line, Within};
use crate::{
    Actor, DossierHead, Millis, Services, StoreError,
    journal::{self, Step},
};

/// How long a gesture can be undone.
pub const UNDO_MILLIS: i64 = 15 * 60 * 1_000;
/// Most dossiers of one gesture.
const MOST: usize = 200;
/// How often a change is tried again when somebody else wrote in the dossier meanwhile.
const TRIES: usize = 8;

/// One gesture: a ULID.
pub type BatchId = String;

/// Somebody who instructs in the same département.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Colleague {
    /// The account.
    pub id: AccountId,
    /// Name.
    pub name: String,
}

/// A dossier that is to change hands, and who followed it when that was decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// The dossier.
    pub dossier: DossierId,
    /// Who followed it, as the page said.
    pub seen: Option<AccountId>,
}

/// A dossier that changes hands, as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The gesture it is part of.
    pub batch: BatchId,
    /// The dossier.
    pub dossier: DossierId,
    /// Who followed it.
    pub from: Option<AccountId>,
    /// Who follows it now.
    pub to: Option<AccountId>,
}

/// What one gesture did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Handed {
    /// The changes.
    pub changes: Vec<Change>,
    /// Who did it.
    pub by: AccountId,
    /// When.
    pub at: Millis,
}

/// Why a dossier stays where it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kept {
    /// Somebody else took it meanwhile, or it was released.
    Moved,
    /// It is closed: nobody has to follow it any more.
    Closed,
    /// The colleague does not instruct there.
    NotTheirs,
}

/// What came of a gesture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assigned {
    /// The gesture, to be undone; none when nothing moved.
    pub batch: Option<BatchId>,
    /// What stays, and why.
    pub kept: Vec<(DossierId, Kept)>,
}

/// Why a gesture is refused as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AssignError {
    /// No such dossier, colleague or gesture for this actor, or not for this role.
    #[error("nothing of that name for this actor")]
    NotFound,
    /// Nothing is chosen, or too much.
    #[error("nothing is chosen, or too much")]
    BadChoice,
    /// It is too late to undo it.
    #[error("it is too late")]
    TooLate,
    /// The store cannot answer.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Those who instruct where this actor does, the actor among them, by name.
///
/// # Errors
/// When the store cannot answer.
pub async fn colleagues(services: &Services, actor: &Actor) -> Result<Vec<Colleague>, StoreError> {
    if !actor.role.instructs() {
        return Ok(Vec::new());
    }
    services.store.instructors(&Within::of(&actor.scope, None)).await
}

/// Who follows a dossier.
///
/// # Errors
/// When the store cannot answer.
pub async fn follower(
    services: &Services,
    head: &DossierHead,
) -> Result<Option<Colleague>, StoreError> {
    services.store.follower(&head.id).await
}

/// The lines of these dossiers, as far as the actor sees them, to be looked at before they change hands.
///
/// # Errors
/// When the actor does not instruct, nothing is chosen, or too much.
pub async fn preview(
    services: &Services,
    actor: &Actor,
    ids: &[DossierId],
) -> Result<Vec<Line>, AssignError> {
    if !actor.role.instructs() {
        return Err(AssignError::NotFound);
    }
    if ids.is_empty() || ids.len() > MOST {
        return Err(AssignError::BadChoice);
    }
    Ok(services.store.work_lines(&Within::of(&actor.scope, None), ids).await?)
}

/// Gives dossiers to somebody who instructs there, or to nobody. A dossier that changed hands since the
/// actor looked stays where it is.
///
/// # Errors
/// See [`AssignError`]; a dossier of elsewhere refuses the whole gesture before anything moves.
pub async fn assign(
    services: &Services,
    actor: &Actor,
    wanted: &[Wanted],
    to: Option<&AccountId>,
) -> Result<Assigned, AssignError> {
    if !actor.role.instructs() {
        return Err(AssignError::NotFound);
    }
    if wanted.is_empty() || wanted.len() > MOST {
        return Err(AssignError::BadChoice);
    }
    for one in wanted {
        seen_head(services, actor, &one.dossier).await?;
    }
    let batch = services.ulid();
    let mut done = Assigned { batch: None, kept: Vec::new() };
    for one in wanted {
        match move_one(services, actor, &batch, one, to).await? {
            Moved::Yes => done.batch = Some(batch.clone()),
            Moved::Already => {}
            Moved::No(why) => done.kept.push((one.dossier.clone(), why)),
        }
    }
    Ok(done)
}

enum Moved {
    Yes,
    /// It is there already.
    Already,
    No(Kept),
}

async fn seen_head(
    services: &Services,
    actor: &Actor,
    id: &DossierId,
) -> Result<DossierHead, AssignError> {
    let head = services.store.head(id).await?;
    let seen = head.filter(|head| head.is_seen_by(actor) && head.deposits > 0);
    seen.ok_or(AssignError::NotFound)
}

async fn move_one(
    services: &Services,
    actor: &Actor,
    batch: &BatchId,
    wanted: &Wanted,
    to: Option<&AccountId>,
) -> Result<Moved, AssignError> {
    for _ in 0..TRIES {
        let mut head = seen_head(services, actor, &wanted.dossier).await?;
        let now = services.store.follower(&head.id).await?.map(|one| one.id);
        if now.as_ref() == to {
            return Ok(Moved::Already);
        }
        if now != wanted.seen {
            return Ok(Moved::No(Kept::Moved));
        }
        if to.is_some() && is_closed(head.state) {
            return Ok(Moved::No(Kept::Closed));
        }
        if let Some(to) = to {
            let here = Within::of(&actor.scope, Some(&head.department));
            let may = services.store.instructors(&here).await?;
            if !may.iter().any(|one| one.id == *to) {
                return Ok(Moved::No(Kept::NotTheirs));
            }
        }
        let change =
            Change { batch: batch.clone(), dossier: head.id.clone(), from: now, to: to.cloned() };
        let seen = head.journal_seq;
        let what = EventKind::Assigned { to: to.map(ToString::to_string).unwrap_or_default() };
        let event = journal::note(&mut head, &actor.account_id, services.now(), what);
        if services.store.assign(&change, &Step { seen, head, event }).await? {
            return Ok(Moved::Yes);
        }
    }
    Ok(Moved::No(Kept::Moved))
}

const fn is_closed(state: State) -> bool {
    state.is_final()
}

/// What a gesture of this actor did, while it can be undone.
///
/// # Errors
/// When there is no such gesture of this actor, or it is too old.
pub async fn batch(
    services: &Services,
    actor: &Actor,
    batch: &BatchId,
) -> Result<Handed, AssignError> {
    let handed = services.store.handed(batch).await?;
    let handed = handed.filter(|one| one.by == actor.account_id).ok_or(AssignError::NotFound)?;
    if services.now().0 > handed.at.0.saturating_add(UNDO_MILLIS) {
        return Err(AssignError::TooLate);
    }
    Ok(handed)
}

/// Undoes a gesture of this actor: each dossier goes back to who followed it, unless it moved since.
///
/// # Errors
/// See [`AssignError`].
pub async fn undo(
    services: &Services,
    actor: &Actor,
    undone: &BatchId,
) -> Result<Assigned, AssignError> {
    let handed = batch(services, actor, undone).await?;
    let new = services.ulid();
    let mut done = Assigned { batch: None, kept: Vec::new() };
    for Change { dossier, from, to, .. } in handed.changes {
        let wanted = Wanted { dossier: dossier.clone(), seen: to };
        match move_one(services, actor, &new, &wanted, from.as_ref()).await? {
            Moved::Yes => done.batch = Some(new.clone()),
            Moved::Already => {}
            Moved::No(why) => done.kept.push((dossier, why)),
        }
    }
    Ok(done)
}
