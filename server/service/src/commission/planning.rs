//! The calendar: a sitting is planned, changed, sent, held, cancelled and restored.

use dossier::{
    commission::{
        Appointment, AppointmentRefused, Deed, Here, Purpose, SittingRefused, Standing, may,
    },
    id::{DossierId, SittingId},
    right::CommissionRight,
};
use form::Date;

use super::{Benches, Done, Item, Outcome, Sitting, SittingError, found};
use crate::{Actor, Services, StoreError};

/// Why a sitting is not planned, changed or moved on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PlanError {
    /// No such sitting, or no such département, for this actor.
    #[error("no such sitting")]
    NotFound,
    /// Its day, hour or place does not fit.
    #[error("the appointment does not fit: {0:?}")]
    Appointment(AppointmentRefused),
    /// Something stands against it.
    #[error("the deed is refused: {0:?}")]
    Refused(SittingRefused),
    /// A colleague changed it meanwhile.
    #[error("a colleague changed the sitting meanwhile")]
    Changed,
    /// The store cannot answer.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<SittingError> for PlanError {
    fn from(error: SittingError) -> Self {
        match error {
            SittingError::NotFound => Self::NotFound,
            SittingError::Store(error) => Self::Store(error),
        }
    }
}

fn today(services: &Services) -> Result<Date, StoreError> {
    services.clock.today().ok_or(StoreError::Unavailable)
}

/// What was typed of an appointment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Typed {
    /// Day, as 2026-12-10.
    pub day: String,
    /// Hour, as 14:00.
    pub hour: String,
    /// Place or link.
    pub place: String,
    /// The day by which members have the pack; empty for the usual one.
    pub pack_day: String,
}

impl Typed {
    fn read(&self, today: Date) -> Result<Appointment, PlanError> {
        let Self { day, hour, place, pack_day } = self;
        Appointment::read((day, hour), place, pack_day, today).map_err(PlanError::Appointment)
    }
}

/// Plans a sitting of the commission of a département.
///
/// # Errors
/// See [`PlanError`]; nothing is kept then.
pub async fn plan(
    services: &Services,
    actor: &Actor,
    department: &str,
    typed: &Typed,
) -> Result<SittingId, PlanError> {
    let benches = Benches::of(actor, CommissionRight::Keep);
    if !benches.departments().iter().any(|one| one == department) {
        return Err(PlanError::NotFound);
    }
    let sitting = Sitting {
        id: services.ulid().into(),
        department: department.to_owned(),
        appointment: typed.read(today(services)?)?,
        version: 1,
        deeds: Vec::new(),
        made_at: services.now(),
        made_by: actor.account_id.clone(),
        counts: (0, 0),
    };
    services.store.add_sitting(&sitting).await?;
    Ok(sitting.id)
}

/// Changes when or where a sitting is, that was read at this version.
///
/// # Errors
/// See [`PlanError`]; nothing is kept then.
pub async fn change(
    services: &Services,
    actor: &Actor,
    id: &SittingId,
    (typed, seen): (&Typed, u32),
) -> Result<(), PlanError> {
    let sitting = found(services, actor, id, CommissionRight::Keep).await?;
    if !sitting.stage().is_open() {
        return Err(PlanError::Refused(SittingRefused::NotNow));
    }
    let appointment = typed.read(today(services)?)?;
    let kept = services.store.change_sitting(id, &appointment, seen).await?;
    if kept { Ok(()) } else { Err(PlanError::Changed) }
}

/// What a deed does to the agenda.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Effects {
    /// The deposits that the pack now shows.
    pub deposits: Vec<(DossierId, u32)>,
    /// How dossiers now stand. One that is open on another agenda meanwhile is not opened again.
    pub standings: Vec<(DossierId, Standing)>,
}

impl Effects {
    fn of(deed: Deed, items: &[Item], today: Date) -> Self {
        let open = items.iter().filter(|item| item.standing == Standing::Open);
        let stand = |items: Vec<&Item>, standing| {
            items.into_iter().map(|item| (item.dossier.clone(), standing)).collect()
        };
        match deed {
            // What is sent is what was deposited last.
            Deed::Send => Self {
                deposits: open.map(|item| (item.dossier.clone(), item.deposits)).collect(),
                ..Self::default()
            },
            Deed::Cancel => {
                Self { standings: stand(open.collect(), Standing::Shelved), ..Self::default() }
            }
            Deed::Restore => {
                let shelved = items.iter().filter(|item| item.standing == Standing::Shelved);
                Self { standings: stand(shelved.collect(), Standing::Open), ..Self::default() }
            }
            Deed::Hold => {
                let standing = |item: &Item| match (item.purpose, item.outcome(today)) {
                    (Purpose::Information, _) => Standing::Informed,
                    (Purpose::Opinion, Outcome::Noted(_)) => Standing::Heard,
                    (Purpose::Opinion, _) => Standing::Shelved,
                };
                let standings = open.map(|item| (item.dossier.clone(), standing(item)));
                Self { standings: standings.collect(), ..Self::default() }
            }
        }
    }
}

/// Sends the pack, notes that the sitting took place, cancels it, or restores it.
///
/// # Errors
/// See [`PlanError`]; nothing is kept then.
pub async fn do_deed(
    services: &Services,
    actor: &Actor,
    id: &SittingId,
    deed: Deed,
) -> Result<(), PlanError> {
    let sitting = found(services, actor, id, CommissionRight::Keep).await?;
    let items = services.store.agenda(id).await?;
    let today = today(services)?;
    let here = Here {
        stage: sitting.stage(),
        day: sitting.appointment.day,
        today,
        items: items.iter().filter(|item| item.standing == Standing::Open).count(),
        awaited: items.iter().filter(|item| item.is_awaited(today)).count(),
    };
    may(deed, &here).map_err(PlanError::Refused)?;
    let done = Done {
        deed,
        at: services.now(),
        by: actor.account_id.clone(),
        by_name: actor.name.clone(),
    };
    let number = u32::try_from(sitting.deeds.len()).unwrap_or(u32::MAX).saturating_add(1);
    let effects = Effects::of(deed, &items, today);
    match services.store.add_deed((id, number), &done, &effects).await {
        Err(StoreError::Conflict) => Err(PlanError::Changed),
        kept => Ok(kept?),
    }
}
