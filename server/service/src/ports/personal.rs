//! What the rights of people over their data ask of a store.

use async_trait::async_trait;
use dossier::id::AccountId;
use serde_json::Value;

use super::Stored;

/// What is held about a person.
#[async_trait]
pub trait Personal: Send + Sync {
    /// The lines of a part ([`crate::personal::PARTS`]) that are this person's, each with the values of
    /// its columns in their order.
    async fn personal_lines(&self, account: &AccountId, part: &str) -> Stored<Vec<Vec<Value>>>;
}
