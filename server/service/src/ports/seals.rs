//! What the signed head of the journals asks of a store.

use async_trait::async_trait;

use super::Stored;
use crate::sealing::Seal;

/// Seals: one a day, kept for ever.
#[async_trait]
pub trait Seals: Send + Sync {
    /// Keeps the seal of a day. `false`: that day has one, and nothing changes.
    async fn add_seal(&self, seal: &Seal) -> Stored<bool>;
    /// The last one.
    async fn last_seal(&self) -> Stored<Option<Seal>>;
    /// Every one, in order.
    async fn seals(&self) -> Stored<Vec<Seal>>;
}
