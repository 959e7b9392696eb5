//! Sittings of the commission of a département: calendar, agendas, packs, opinions. Whoever asks needs
//! [`Benches`], and only a role that the commission concerns has them.

mod agenda;
mod hearing;
mod item;
mod pack;
mod planning;

use dossier::{
    commission::{Appointment, Deed, Stage, stage},
    id::{AccountId, SittingId},
    right::{CommissionRight, allows_commission},
    role::Scope,
};

pub use self::{
    agenda::{AgendaError, Move, Wanted, move_item, present, put, put_all, refresh, take_off},
    hearing::{Heard, Hearing, Verdict, hear},
    item::{Item, Opinion, Outcome, Waiting},
    pack::{Pack, Sheet, pack},
    planning::{Effects, PlanError, Typed, change, do_deed, plan},
};
use crate::{Actor, Millis, Services, StoreError};

/// The départements whose commission concerns a person. Only a person whom it concerns has any: no
/// sitting can be read without.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Benches(Vec<String>);

impl Benches {
    /// Where a person may do this: agents of a DDETS and members of the commission, where they are.
    pub fn of(actor: &Actor, right: CommissionRight) -> Self {
        let departments = match &actor.scope {
            _ if !allows_commission(actor.role, right) => &[],
            Scope::Departments(all) | Scope::Packs(all) => all.as_slice(),
            Scope::National | Scope::Structures(_) | Scope::Steps { .. } => &[],
        };
        Self(departments.to_vec())
    }

    /// The départements.
    pub fn departments(&self) -> &[String] {
        &self.0
    }
}

/// Something that was done with a sitting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Done {
    /// What.
    pub deed: Deed,
    /// When.
    pub at: Millis,
    /// Who.
    pub by: AccountId,
    /// Name of who.
    pub by_name: String,
}

/// A sitting of the commission.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sitting {
    /// Its id.
    pub id: SittingId,
    /// The département.
    pub department: String,
    /// When and where.
    pub appointment: Appointment,
    /// How often that was written: a change says which one it read.
    pub version: u32,
    /// What was done with it, in order.
    pub deeds: Vec<Done>,
    /// When it was planned.
    pub made_at: Millis,
    /// Who planned it.
    pub made_by: AccountId,
    /// Dossiers for an opinion, and for information, on its agenda.
    pub counts: (u32, u32),
}

impl Sitting {
    /// How it stands.
    pub fn stage(&self) -> Stage {
        stage(&self.deeds.iter().map(|done| done.deed).collect::<Vec<_>>())
    }

    /// When its pack was last sent.
    pub fn sent_at(&self) -> Option<Millis> {
        self.deeds.iter().rev().find(|done| done.deed == Deed::Send).map(|done| done.at)
    }

    /// Whether members read its pack.
    pub fn is_given(&self) -> bool {
        self.sent_at().is_some() && matches!(self.stage(), Stage::Convened | Stage::Held)
    }
}

/// Why a sitting is not shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SittingError {
    /// No such sitting for this actor.
    #[error("no such sitting")]
    NotFound,
    /// The store cannot answer.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The sittings that concern a person, latest day first. A member learns of a cancelled one only when
/// its pack was sent.
///
/// # Errors
/// When the store cannot answer.
pub async fn list(services: &Services, actor: &Actor) -> Result<Vec<Sitting>, StoreError> {
    let benches = Benches::of(actor, CommissionRight::ReadPacks);
    let mut sittings = services.store.sittings(&benches).await?;
    if !allows_commission(actor.role, CommissionRight::Keep) {
        sittings.retain(|one| one.stage() != Stage::Cancelled || one.sent_at().is_some());
    }
    Ok(sittings)
}

/// A sitting, for who has this right there.
async fn found(
    services: &Services,
    actor: &Actor,
    id: &SittingId,
    right: CommissionRight,
) -> Result<Sitting, SittingError> {
    let benches = Benches::of(actor, right);
    services.store.sitting(&benches, id).await?.ok_or(SittingError::NotFound)
}

/// A sitting with its agenda, for who keeps it.
///
/// # Errors
/// When there is none for this actor.
pub async fn open(
    services: &Services,
    actor: &Actor,
    id: &SittingId,
) -> Result<(Sitting, Vec<Item>), SittingError> {
    let sitting = found(services, actor, id, CommissionRight::Keep).await?;
    let items = services.store.agenda(&sitting.id).await?;
    Ok((sitting, items))
}

/// What waits for the commission of a département, on no agenda yet; by name.
///
/// # Errors
/// When the store cannot answer.
pub async fn waiting(
    services: &Services,
    actor: &Actor,
    department: Option<&str>,
) -> Result<Vec<Waiting>, StoreError> {
    let benches = Benches::of(actor, CommissionRight::Keep);
    let of = |one: &&String| department.is_none_or(|department| department == one.as_str());
    let benches = Benches(benches.departments().iter().filter(of).cloned().collect());
    let today = services.clock.today().ok_or(StoreError::Unavailable)?;
    let mut waiting = services.store.waiting(&benches).await?;
    // What was granted for the year that runs, or before, was known in its time.
    waiting.retain(|one| !one.state.is_final() || one.year > today.year());
    Ok(waiting)
}
