//! What annexes financières ask of a store.

use async_trait::async_trait;
use dossier::{
    allotting::Subject,
    id::{DossierId, StructureId},
};
use form::Date;

use super::Stored;
use crate::{
    annexes::{Ended, Page, Provisional, Query},
    instruction::Annex,
    journal::Step,
};

/// Annexes financières: granted, signed, and those that bridge two years.
#[async_trait]
pub trait Annexes: Send + Sync {
    /// The annexe that was granted on a dossier.
    async fn annex_of(&self, id: &DossierId) -> Stored<Option<Annex>>;
    /// The annexes of a structure whose numbers begin so, oldest first.
    async fn annexes_of(&self, structure: &StructureId, prefix: &str) -> Stored<Vec<Annex>>;
    /// The latest annexe of a subject, of this year or before.
    async fn last_annex(&self, subject: &Subject, year: i32) -> Stored<Option<Annex>>;
    /// Makes an annexe valid since this day, and those of the same year that were before it replaced;
    /// with the event. `false`: the dossier changed since it was read.
    async fn sign_annex(&self, annex: &Annex, day: Date, step: &Step) -> Stored<bool>;
    /// Valid annexes of conventions of ours that ended before this day, while their convention goes on and
    /// nothing follows: no annexe, none provisional, no refusal for the year after.
    async fn ended_annexes(&self, today: Date) -> Stored<Vec<Ended>>;
    /// Keeps a provisional one. `false`: there is one.
    async fn add_provisional(&self, one: &Provisional) -> Stored<bool>;
    /// The provisional ones of a structure whose numbers begin so, oldest first.
    async fn provisionals_of(
        &self,
        structure: &StructureId,
        prefix: &str,
    ) -> Stored<Vec<Provisional>>;
    /// A page of the register.
    async fn annex_register(&self, query: &Query) -> Stored<Page>;
}
