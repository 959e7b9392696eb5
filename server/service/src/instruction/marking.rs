//! What those who instruct say of a note: that it is settled, to be watched, in the way of the decision.

use dossier::{
    event::EventKind,
    id::{AccountId, DossierId, NoteId},
    right::{Right, ever},
};

use super::{
    TRIES,
    notes::{Note, NoteError, noted, one},
};
use crate::{Actor, Millis, Services};

/// What is done to a note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mark {
    /// It is settled.
    Settled {
        /// When.
        at: Millis,
        /// By whom.
        by: AccountId,
        /// Whether what follows is to watch it.
        watched: bool,
    },
    /// It is open again.
    Open,
    /// It stands in the way of the decision, or not any more.
    Blocking(bool),
}

/// What is done with a note by those who instruct.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Settling {
    /// It is settled.
    Settle,
    /// It is settled here, and to be watched in the amendment and in next year's dossier.
    Watch,
    /// It is open again.
    Open,
}

/// Settles a note, or opens it again: the act of those who instruct.
///
/// # Errors
/// See [`NoteError`]; nothing is kept then.
pub async fn settle(
    services: &Services,
    actor: &Actor,
    id: &DossierId,
    note: &NoteId,
    settling: Settling,
) -> Result<(), NoteError> {
    mark(services, actor, (id, note), Right::SettleNote, |found, at| {
        let note = found.id.clone();
        let is_settled = found.settled.is_some();
        let by = actor.account_id.clone();
        Ok(match settling {
            Settling::Settle if !is_settled || found.watched => Some((
                Mark::Settled { at, by, watched: false },
                EventKind::NoteSettled { note, settled: true },
            )),
            Settling::Watch if !found.watched => {
                Some((Mark::Settled { at, by, watched: true }, EventKind::NoteWatched { note }))
            }
            Settling::Open if is_settled => {
                Some((Mark::Open, EventKind::NoteSettled { note, settled: false }))
            }
            _ => None,
        })
    })
    .await
}

/// Says that a note stands in the way of the decision, or not any more.
///
/// # Errors
/// See [`NoteError`]; nothing is kept then.
pub async fn block(
    services: &Services,
    actor: &Actor,
    id: &DossierId,
    note: &NoteId,
    blocking: bool,
) -> Result<(), NoteError> {
    mark(services, actor, (id, note), Right::BlockNote, |found, _| {
        if blocking && !found.kind.may_block(found.audience) {
            return Err(NoteError::NotBlocking);
        }
        let what = EventKind::NoteBlocking { note: found.id.clone(), blocking };
        Ok((found.blocking != blocking).then_some((Mark::Blocking(blocking), what)))
    })
    .await
}

/// Marks a note that this actor reads, on what others left; nothing when it is marked so already.
async fn mark(
    services: &Services,
    actor: &Actor,
    (id, note): (&DossierId, &NoteId),
    right: Right,
    what: impl Fn(&Note, Millis) -> Result<Option<(Mark, EventKind)>, NoteError>,
) -> Result<(), NoteError> {
    // Said before anything of the note is: nothing is learnt of it.
    if !ever(actor.role, right) {
        return Err(NoteError::NotForRole);
    }
    for _ in 0..TRIES {
        let (mut head, found) = one(services, actor, id, note).await?;
        if !head.may(actor, right) {
            return Err(NoteError::NotForRole);
        }
        let now = services.now();
        let Some((mark, event)) = what(&found, now)? else { return Ok(()) };
        let step = noted(&mut head, actor, now, event);
        if services.store.mark_note(&found.id, &mark, &step).await? {
            return Ok(());
        }
    }
    Err(NoteError::Changed)
}
