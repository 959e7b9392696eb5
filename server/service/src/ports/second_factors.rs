//! What second proofs ask of a store.

use async_trait::async_trait;
use dossier::id::AccountId;

use super::Stored;
use crate::{
    Millis,
    second_factor::{Factor, Halfway},
};

/// Second proofs, and sign-ins that wait for one.
#[async_trait]
pub trait SecondFactors: Send + Sync {
    /// The second proof of an account, on or not yet.
    async fn second_factor(&self, account: &AccountId) -> Stored<Option<Factor>>;
    /// Keeps a secret that is not on yet, over another that was not; `false` when one is on.
    async fn begin_second_factor(&self, account: &AccountId, secret: &str) -> Stored<bool>;
    /// Turns it on, with the hashes of the codes on paper; `false` when none waits, or it is on.
    async fn turn_on_second_factor(
        &self,
        account: &AccountId,
        (step, at): (i64, Millis),
        paper: &[String],
    ) -> Stored<bool>;
    /// Uses the code of a step; `false` when it or a later one was used, also under a race.
    async fn use_step(&self, account: &AccountId, step: i64) -> Stored<bool>;
    /// Uses a code on paper; `false` when there is no such one (left).
    async fn use_paper_code(&self, account: &AccountId, hash: &str) -> Stored<bool>;
    /// How many codes on paper are left.
    async fn paper_codes_left(&self, account: &AccountId) -> Stored<u32>;
    /// Puts other codes on paper in their place.
    async fn replace_paper_codes(&self, account: &AccountId, hashes: &[String]) -> Stored<()>;
    /// Forgets the second proof of an account; `false` when it has none.
    async fn remove_second_factor(&self, account: &AccountId) -> Stored<bool>;
    /// Keeps a sign-in that waits, and forgets those that are over.
    async fn add_halfway(&self, halfway: &Halfway, now: Millis) -> Stored<()>;
    /// Takes one try of a sign-in that waits: whose it is, unless it is over or this was one too many.
    async fn try_halfway(
        &self,
        token_hash: &str,
        most: u32,
        now: Millis,
    ) -> Stored<Option<AccountId>>;
    /// Ends it.
    async fn end_halfway(&self, token_hash: &str) -> Stored<()>;
}
