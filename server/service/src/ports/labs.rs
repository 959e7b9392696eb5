//! What the open lab asks of a store.

use async_trait::async_trait;
use dossier::id::{AccountId, LabId, ParticipantId, RemarkId};

use super::Stored;
use crate::{
    Millis,
    labs::{Advice, Heard, Lab, Participant, Remark, Survey},
};

/// Sessions of the open lab, and what was said in them.
#[async_trait]
pub trait Labs: Send + Sync {
    /// Adds a session; `Conflict` when its code is taken.
    async fn add_lab(&self, lab: &Lab) -> Stored<()>;
    /// How far a session is: its stage, round, votes and timer.
    async fn put_lab(&self, lab: &Lab) -> Stored<()>;
    /// A session by its id.
    async fn lab(&self, id: &LabId) -> Stored<Option<Lab>>;
    /// A session by its code.
    async fn lab_by_code(&self, code: &str) -> Stored<Option<Lab>>;
    /// Every session, latest day first.
    async fn labs(&self) -> Stored<Vec<Lab>>;
    /// Adds somebody with the hash of their token; `Conflict` when the pseudonym is taken.
    async fn add_participant(&self, one: &Participant, token_hash: &str) -> Stored<()>;
    /// Somebody by the hash of their token.
    async fn participant_by_token(&self, token_hash: &str) -> Stored<Option<Participant>>;
    /// Who took part, in the order they came.
    async fn participants(&self, lab: &LabId) -> Stored<Vec<Participant>>;
    /// Notes where somebody was seen.
    async fn see_participant(&self, id: &ParticipantId, page: &str, at: Millis) -> Stored<()>;
    /// Notes in which round of the space somebody has a place.
    async fn seat_participant(&self, id: &ParticipantId, round: u32) -> Stored<()>;
    /// Notes that somebody left.
    async fn release_participant(&self, id: &ParticipantId, at: Millis) -> Stored<()>;
    /// Keeps a remark; one that is there already stays as it is.
    async fn add_remark(&self, remark: &Remark) -> Stored<()>;
    /// The remarks of a session with their votes, in order.
    async fn remarks_of(&self, lab: &LabId) -> Stored<Vec<Remark>>;
    /// Keeps or forgets a vote.
    async fn vote(&self, remark: &RemarkId, by: &ParticipantId, agrees: bool) -> Stored<()>;
    /// Keeps when a task was done, or forgets it.
    async fn set_done(&self, by: &ParticipantId, task: u32, at: Option<Millis>) -> Stored<()>;
    /// Keeps a questionnaire in place of an earlier one.
    async fn put_survey(&self, survey: &Survey) -> Stored<()>;
    /// Keeps what becomes of a place in place of what was decided before.
    async fn decide_advice(&self, lab: &LabId, advice: &Advice, by: &AccountId) -> Stored<()>;
    /// Everything that was said in a session.
    async fn heard(&self, lab: &LabId) -> Stored<Heard>;
}
