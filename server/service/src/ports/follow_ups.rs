//! What fiches de suivi ask of a store.

use async_trait::async_trait;
use dossier::id::DossierId;

use super::Stored;
use crate::{
    follow_up::{Comment, Version},
    journal::Step,
};

/// Fiches de suivi, and what is said of them. Nothing of either is changed once it is there.
#[async_trait]
pub trait FollowUps: Send + Sync {
    /// The last version of the sheet of a dossier, or the last that is `shared`.
    async fn last_sheet(&self, id: &DossierId, shared: bool) -> Stored<Option<Version>>;
    /// Adds a version, with the event when it is shared. `Conflict`: its number is taken. `false`: the
    /// dossier changed since it was read.
    async fn add_sheet(&self, version: &Version, step: Option<&Step>) -> Stored<bool>;
    /// What was said, oldest first.
    async fn comments_of(&self, id: &DossierId) -> Stored<Vec<Comment>>;
    /// Adds a comment, with its event. `false`: the dossier changed since it was read.
    async fn add_comment(&self, comment: &Comment, step: &Step) -> Stored<bool>;
}
