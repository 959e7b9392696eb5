//! What the list that agents work by asks of a store.

use async_trait::async_trait;
use dossier::id::{AccountId, DossierId};
use form::{At, Date};

use super::Stored;
use crate::{
    Millis,
    journal::Step,
    seen::Mark,
    worklist::{Change, Colleague, Counts, Handed, Line, Page, Query, Within},
};

/// The list that agents work by, who follows what, and what each has seen.
#[async_trait]
pub trait Worklists: Send + Sync {
    /// A page of the list.
    async fn work_page(&self, query: &Query) -> Stored<Page>;
    /// These lines of the list, by name.
    async fn work_lines(&self, within: &Within, ids: &[DossierId]) -> Stored<Vec<Line>>;
    /// How many lines there are, whatever is filtered.
    async fn work_counts(&self, within: &Within, today: Date) -> Stored<Counts>;
    /// Makes the list again from the other tables; says how many lines it has.
    async fn rebuild_work_list(&self) -> Stored<u32>;
    /// Who instructs in one of these départements, by name; nobody does in the whole country.
    async fn instructors(&self, within: &Within) -> Stored<Vec<Colleague>>;
    /// Who follows a dossier.
    async fn follower(&self, id: &DossierId) -> Stored<Option<Colleague>>;
    /// Gives a dossier to somebody, or to nobody, with the event. `false`: the dossier changed since it
    /// was read.
    async fn assign(&self, change: &Change, step: &Step) -> Stored<bool>;
    /// What a gesture changed.
    async fn handed(&self, batch: &str) -> Stored<Option<Handed>>;
    /// What somebody marked as seen in a dossier.
    async fn marks(&self, id: &DossierId, by: &AccountId) -> Stored<Vec<Mark>>;
    /// Keeps marks over those that are there.
    async fn put_marks(
        &self,
        id: &DossierId,
        by: &AccountId,
        marks: &[Mark],
        at: Millis,
    ) -> Stored<()>;
    /// Takes marks away.
    async fn remove_marks(&self, id: &DossierId, by: &AccountId, places: &[At]) -> Stored<()>;
}
