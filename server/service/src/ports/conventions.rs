//! What signed conventions ask of a store.

use async_trait::async_trait;
use dossier::id::{DossierId, StructureId};

use super::Stored;
use crate::{
    conventions::{Acting, Convention, Deed, Held, Key},
    journal::Step,
};

/// Conventions that are signed: where they stand, and what is done with them.
#[async_trait]
pub trait Conventions: Send + Sync {
    /// The convention that the annexe of a dossier belongs to; none while no annexe of it is known.
    async fn convention_of(&self, dossier: &DossierId) -> Stored<Option<Convention>>;
    /// What was done with a convention, oldest first.
    async fn deeds_of(&self, key: &Key) -> Stored<Vec<Deed>>;
    /// Keeps a deed, with the event in the journal of the dossier that carries it and where the convention
    /// then stands. `false`: something else was done with the convention or in the dossier meanwhile.
    async fn keep_deed(&self, acting: &Acting, step: &Step) -> Stored<bool>;
    /// The conventions of these structures, one line each, by the last annexe of each.
    async fn conventions_held(&self, structures: &[StructureId]) -> Stored<Vec<Held>>;
}
