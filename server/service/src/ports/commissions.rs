//! What the sittings of the commission ask of a store.

use async_trait::async_trait;
use dossier::{
    commission::{Appointment, Purpose},
    id::{AccountId, DossierId, SittingId},
};

use super::Stored;
use crate::{
    Millis,
    commission::{Benches, Done, Effects, Item, Sitting, Waiting},
};

/// Sittings of the commission, and their agendas. A list needs [`Benches`]: no structure has any.
#[async_trait]
pub trait Commissions: Send + Sync {
    /// Adds a sitting.
    async fn add_sitting(&self, sitting: &Sitting) -> Stored<()>;
    /// The sittings of these départements, latest day first.
    async fn sittings(&self, benches: &Benches) -> Stored<Vec<Sitting>>;
    /// A sitting of these départements.
    async fn sitting(&self, benches: &Benches, id: &SittingId) -> Stored<Option<Sitting>>;
    /// Changes when or where a sitting is. `false`: it changed since this version.
    async fn change_sitting(&self, id: &SittingId, to: &Appointment, seen: u32) -> Stored<bool>;
    /// Keeps what was done with a sitting, under its number, and what it does to the agenda; `Conflict`
    /// when the number is taken.
    async fn add_deed(&self, of: (&SittingId, u32), done: &Done, effects: &Effects) -> Stored<()>;
    /// The agenda of a sitting, in order.
    async fn agenda(&self, id: &SittingId) -> Stored<Vec<Item>>;
    /// What waits for the commission of these départements and is open on no agenda, by name.
    async fn waiting(&self, benches: &Benches) -> Stored<Vec<Waiting>>;
    /// Puts a deposit last on an agenda; `Conflict` when the dossier is open on one.
    async fn put_item(
        &self,
        id: &SittingId,
        of: (&DossierId, u32),
        purpose: Purpose,
        at: (Millis, &AccountId),
    ) -> Stored<()>;
    /// Takes a dossier that is to be heard off an agenda.
    async fn remove_item(&self, id: &SittingId, dossier: &DossierId) -> Stored<()>;
    /// Orders an agenda so.
    async fn order_items(&self, id: &SittingId, order: &[DossierId]) -> Stored<()>;
    /// Keeps how a dossier is presented. `false`: it was written since this version.
    async fn present_item(
        &self,
        of: (&SittingId, &DossierId),
        words: (&str, u32),
        at: Millis,
    ) -> Stored<bool>;
    /// Makes the pack show this deposit of a dossier.
    async fn refresh_item(&self, id: &SittingId, dossier: &DossierId, deposit: u32) -> Stored<()>;
    /// Takes a dossier that is to be heard to another sitting, with its presentation; to none yet for
    /// `None`.
    async fn postpone_item(
        &self,
        from: (&SittingId, &DossierId),
        to: Option<&SittingId>,
        at: (Millis, &AccountId),
    ) -> Stored<()>;
}
