//! What an agent's desk asks of a store: texts not posted yet, views by name, leave.

use async_trait::async_trait;
use dossier::id::{AccountId, DossierId};
use form::Date;

use super::Stored;
use crate::{Millis, leave::Cover, unposted::Unposted, views::View};

/// What belongs to one agent at their desk.
#[async_trait]
pub trait Desks: Send + Sync {
    /// What a person typed in a dossier and did not post, latest last, without what was put away.
    async fn unposted_of(&self, by: &AccountId, dossier: &DossierId) -> Stored<Vec<Unposted>>;
    /// One text, put away or not, with whose it is.
    async fn unposted(&self, id: &str) -> Stored<Option<(AccountId, Unposted)>>;
    /// How many texts a person has in all.
    async fn unposted_count(&self, by: &AccountId) -> Stored<u32>;
    /// In which dossiers.
    async fn unposted_dossiers(&self, by: &AccountId) -> Stored<Vec<DossierId>>;
    /// Keeps a new text, and forgets those of the person that were put away before a moment.
    async fn add_unposted(&self, by: &AccountId, text: &Unposted, before: Millis) -> Stored<()>;
    /// Keeps a text over the one of the same id that has this version, and is not put away; `false` when
    /// there is none.
    async fn rewrite_unposted(&self, text: &Unposted, seen: u32) -> Stored<bool>;
    /// Puts a text away, or takes it back.
    async fn clear_unposted(&self, id: &str, at: Option<Millis>) -> Stored<()>;
    /// Forgets texts.
    async fn remove_unposted(&self, ids: &[String]) -> Stored<()>;
    /// The views of a person, and those that people of a same département share; none that was removed.
    async fn work_views(&self, reader: &AccountId) -> Stored<Vec<View>>;
    /// One view, removed or not.
    async fn work_view(&self, id: &str) -> Stored<Option<View>>;
    /// Keeps a view, over the one of the same id, and forgets those of the same person that were removed
    /// before a moment.
    async fn put_work_view(&self, view: &View, before: Millis) -> Stored<()>;
    /// The view that opens first for somebody.
    async fn first_work_view(&self, reader: &AccountId) -> Stored<Option<String>>;
    /// Says which one does.
    async fn set_first_work_view(&self, reader: &AccountId, id: Option<&str>) -> Stored<()>;
    /// Leaves of somebody, or that they cover, which are not over on this day, by their first day.
    async fn leaves_about(&self, account: &AccountId, day: Date) -> Stored<Vec<Cover>>;
    /// The leaves that last on this day.
    async fn leaves_on(&self, day: Date) -> Stored<Vec<Cover>>;
    /// Keeps a leave.
    async fn add_leave(&self, cover: &Cover) -> Stored<()>;
    /// Forgets a leave of this person; `false` when they have none of this id.
    async fn remove_leave(&self, id: &str, absent: &AccountId) -> Stored<bool>;
}
