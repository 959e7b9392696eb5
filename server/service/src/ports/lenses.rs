//! How deposits are read: what was made of signals, lenses that agents compose.

use async_trait::async_trait;
use dossier::id::{AccountId, DossierId, LensId};

use super::Stored;
use crate::{
    Millis,
    instruction::SignalChoice,
    journal::Step,
    lenses::{Composition, Readers},
};

/// What was made of the signals of dossiers. Rows are added, and stay for ever.
#[async_trait]
pub trait Signals: Send + Sync {
    /// Keeps what was made of a signal, with the event. `false`: the dossier changed since it was read.
    async fn choose_signal(&self, choice: &SignalChoice, step: &Step) -> Stored<bool>;
    /// What was made of the signals of a dossier, in order.
    async fn signal_choices(&self, id: &DossierId) -> Stored<Vec<SignalChoice>>;
}

/// Lenses that agents compose.
#[async_trait]
pub trait Lenses: Send + Sync {
    /// Keeps a new one.
    async fn add_lens(&self, lens: &Composition) -> Stored<()>;
    /// Keeps what became of one. `false`: there is none of this id that is theirs.
    async fn put_lens(&self, lens: &Composition) -> Stored<bool>;
    /// Takes one out of the lists, or puts it back. `false`: there is none of this id that is theirs.
    async fn remove_lens(
        &self,
        id: &LensId,
        author: &AccountId,
        at: Option<Millis>,
    ) -> Stored<bool>;
    /// Those of a form that these readers may read, removed ones of their own among them, in the order they
    /// were made.
    async fn lenses(&self, form: &str, readers: &Readers) -> Stored<Vec<Composition>>;
}
