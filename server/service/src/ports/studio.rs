//! What the form studio asks of a store.

use async_trait::async_trait;
use dossier::{
    id::{AccountId, SketchId},
    simulation::Accepted,
};

use super::Stored;
use crate::{
    Millis,
    studio::{
        Simulation, Sketch, Version,
        simulating::{After, Within},
    },
};

/// Overlays that are being made, and what they would do.
#[async_trait]
pub trait Studios: Send + Sync {
    /// Adds a sketch with its first version.
    async fn add_sketch(&self, sketch: &Sketch) -> Stored<()>;
    /// A sketch with its last version.
    async fn sketch(&self, id: &SketchId) -> Stored<Option<Sketch>>;
    /// Those of these départements; variants are of none, which is the empty one.
    async fn sketches(&self, departments: &[String]) -> Stored<Vec<Sketch>>;
    /// Puts a sketch away, or takes it out again.
    async fn put_sketch_aside(&self, id: &SketchId, at: Option<Millis>) -> Stored<()>;
    /// Keeps a version; `Conflict` when its number is taken.
    async fn add_sketch_version(&self, id: &SketchId, version: &Version) -> Stored<()>;
    /// Every version of a sketch, in order.
    async fn sketch_versions(&self, id: &SketchId) -> Stored<Vec<Version>>;
    /// Keeps what a version would do.
    async fn put_simulation(&self, id: &SketchId, simulation: &Simulation) -> Stored<()>;
    /// What was found out last of a version.
    async fn last_simulation(&self, id: &SketchId, version: u32) -> Stored<Option<Simulation>>;
    /// Keeps that losses of a version are accepted; what was accepted stays as it is.
    async fn accept(
        &self,
        id: &SketchId,
        version: u32,
        accepted: &[Accepted],
        by: &AccountId,
    ) -> Stored<()>;
    /// What was accepted of a version, in order.
    async fn accepted(&self, id: &SketchId, version: u32) -> Stored<Vec<Accepted>>;
    /// Drafts that were never deposited, by structure, after one, at most so many.
    async fn open_drafts(
        &self,
        within: Within<'_>,
        after: Option<&After>,
        most: u32,
    ) -> Stored<Vec<After>>;
    /// Dossiers whose last deposit was made since then, by structure, after one, at most so many.
    async fn deposited_since(
        &self,
        within: Within<'_>,
        since: Millis,
        after: Option<&After>,
        most: u32,
    ) -> Stored<Vec<After>>;
}
