//! Notes of the dossiers before: what was settled there, what is to be watched, what was left open. They
//! are read beside this one, and never written again.

use form::{Answers, Revision};

use super::notes::Thread;
use crate::{Actor, DossierHead, Services, StoreError};

/// A note of a dossier before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Carried {
    /// That dossier.
    pub head: DossierHead,
    /// The note, with how what it was written on stands now.
    pub thread: Thread,
}

impl Carried {
    /// Whether something is still to be looked at.
    pub fn is_open(&self) -> bool {
        self.thread.note.watched || self.thread.note.settled.is_none()
    }
}

/// The notes that this person reads of the dossiers that this one follows: of the same request the year
/// before, of the one that it amends.
///
/// # Errors
/// When the store cannot answer.
pub async fn carried(
    services: &Services,
    actor: &Actor,
    head: &DossierHead,
    (form, answers): (&Revision, &Answers),
) -> Result<Vec<Carried>, StoreError> {
    let mut all = Vec::new();
    for id in services.store.noted_before(head).await? {
        let Some(before) = services.store.head(&id).await? else { continue };
        // What is not closed there is worked on there.
        if !before.is_seen_by(actor) || !before.state.is_final() {
            continue;
        }
        for note in services.store.notes_of(&id).await? {
            if note.is_read_by(actor) {
                let thread = Thread::of(note, (form, answers));
                all.push(Carried { head: before.clone(), thread });
            }
        }
    }
    Ok(all)
}
