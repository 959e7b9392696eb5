//! What keeping things for a time asks of a store. Whatever is forgotten is noted in the transaction that
//! forgets it ([`Forgotten`]); nothing goes that is younger than what the note says.

use async_trait::async_trait;
use dossier::{
    id::{AccountId, DossierId},
    retention::Kind,
};
use form::Date;

use super::Stored;
use crate::{
    Millis,
    journal::Step,
    retention::{Forgotten, KeptAccount, KeptDossier},
};

/// What is kept, how old it is, and forgetting it.
#[async_trait]
pub trait Retentions: Send + Sync {
    /// Of what belongs to no dossier and nobody: how many lines are of which day (UTC), counted as the
    /// rule counts them.
    async fn ages(&self, kind: Kind) -> Stored<Vec<(Date, u64)>>;
    /// Dossiers after one, by id, at most so many.
    async fn kept_dossiers(&self, after: &DossierId, most: u32) -> Stored<Vec<KeptDossier>>;
    /// Of the dossiers after one and up to another: how many lines of who read them are of which day.
    async fn kept_readings(
        &self,
        after: &DossierId,
        last: &DossierId,
    ) -> Stored<Vec<(DossierId, Date, u64)>>;
    /// Accounts after one, by id, at most so many: neither personas, nor guests, nor those that are closed.
    async fn kept_accounts(&self, after: &AccountId, most: u32) -> Stored<Vec<KeptAccount>>;
    /// Forgets lines of what belongs to no dossier and nobody, at most so many; says how many.
    async fn forget(&self, kind: Kind, note: &Forgotten, most: u32) -> Stored<u64>;
    /// Forgets who read a dossier; says how many lines went. None go when its journal went on since it
    /// was seen at this length.
    async fn forget_readings(
        &self,
        dossier: &DossierId,
        seen: u32,
        note: &Forgotten,
    ) -> Stored<u64>;
    /// Forgets what was written in a draft, with the step that says so. `false`: it changed since.
    async fn forget_draft(&self, step: &Step, note: &Forgotten) -> Stored<bool>;
    /// Closes an account; the name stays where its person signed something. `false`: its person was here
    /// since, or it is closed.
    async fn close_account(&self, account: &AccountId, note: &Forgotten) -> Stored<bool>;
    /// What was forgotten last, latest first, at most so many.
    async fn forgotten(&self, most: u32) -> Stored<Vec<(Kind, Millis, u64)>>;
}
