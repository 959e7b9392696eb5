//! What envelopes and the simulations within them ask of a store.

use async_trait::async_trait;
use dossier::{allotting::Request, id::AllotmentId};

use super::Stored;
use crate::{
    Millis,
    allotting::{Allotment, Gesture, Run, RunLine, Seats},
    envelopes::{Change, Granted},
    worklist::Within,
};

/// Envelopes, what was granted and is asked within them, and simulations. A list of requests or annexes
/// needs a [`Within`], a simulation [`Seats`]: no structure has either.
#[async_trait]
pub trait Envelopes: Send + Sync {
    /// What was set for a year, in order, of these families; of all for `None`.
    async fn envelope_changes(&self, year: i32, families: Option<&[String]>)
    -> Stored<Vec<Change>>;
    /// Keeps a change; `Conflict` when its number is taken in its family.
    async fn add_envelope_change(&self, change: &Change) -> Stored<()>;
    /// Requests of a year that were deposited, bilans left out: those that wait for a decision, or all.
    async fn requests(&self, within: &Within, year: i32, all: bool) -> Stored<Vec<Request>>;
    /// Annexes of these years, by convention, oldest first.
    async fn granted_in(&self, within: &Within, years: &[i32]) -> Stored<Vec<Granted>>;
    /// Adds a simulation.
    async fn add_allotment(&self, allotment: &Allotment) -> Stored<()>;
    /// Simulations of these seats, latest first.
    async fn allotments(&self, seats: &Seats, year: i32) -> Stored<Vec<Allotment>>;
    /// A simulation of these seats.
    async fn allotment(&self, seats: &Seats, id: &AllotmentId) -> Stored<Option<Allotment>>;
    /// Names a simulation anew.
    async fn name_allotment(&self, id: &AllotmentId, name: &str) -> Stored<()>;
    /// Puts a simulation away, or takes it out again.
    async fn put_allotment_aside(&self, id: &AllotmentId, at: Option<Millis>) -> Stored<()>;
    /// Keeps a gesture; `Conflict` when its number is taken.
    async fn add_gesture(&self, gesture: &Gesture) -> Stored<()>;
    /// Every gesture of a simulation, in order.
    async fn gestures(&self, id: &AllotmentId) -> Stored<Vec<Gesture>>;
    /// Begins to turn a simulation into proposals.
    async fn add_run(&self, run: &Run) -> Stored<()>;
    /// Keeps what came of one request, over what was known of it.
    async fn put_run_line(&self, run: &str, line: &RunLine) -> Stored<()>;
    /// What came of a simulation each time, latest first.
    async fn runs(&self, id: &AllotmentId) -> Stored<Vec<Run>>;
}
