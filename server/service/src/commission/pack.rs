//! The pack of a sitting: what its members read of each dossier, made from the very deposit that the
//! agenda holds. No note of an agent is in it.

use dossier::{
    commission::Standing,
    id::SittingId,
    right::{CommissionRight, allows_commission},
};
use form::{Answers, Change, Revision, diff};

use super::{Item, Sitting, SittingError, found};
use crate::{
    Actor, Deposit, Services, StoreError,
    follow_up::Version,
    forms,
    instruction::{self, Reading},
    readings,
};

/// What the members read of one dossier.
pub struct Sheet {
    /// The dossier on the agenda.
    pub item: Item,
    /// The deposit that it is made from.
    pub deposit: Deposit,
    /// The form that it follows.
    pub form: &'static Revision,
    /// What it says.
    pub answers: Answers,
    /// What the same request said in the years before, oldest first.
    pub earlier: Vec<(i32, Answers)>,
    /// What it says otherwise than the year before; empty when there was none.
    pub changes: Vec<Change>,
    /// The fiche de suivi of the dialogue de gestion, when one is shared on this deposit: the commission
    /// is informed by it (circulaire DGEFP 2008-21).
    pub follow_up: Option<Version>,
}

/// A pack.
pub struct Pack {
    /// The sitting.
    pub sitting: Sitting,
    /// Its dossiers, in the order of the agenda.
    pub sheets: Vec<Sheet>,
}

/// The pack of a sitting: for who keeps it, and for members once it was sent. That somebody read of a
/// dossier is noted, as for any other reader of the State.
///
/// # Errors
/// When there is none for this actor.
pub async fn pack(
    services: &Services,
    actor: &Actor,
    id: &SittingId,
) -> Result<Pack, SittingError> {
    let sitting = found(services, actor, id, CommissionRight::ReadPacks).await?;
    if !sitting.is_given() && !allows_commission(actor.role, CommissionRight::Keep) {
        return Err(SittingError::NotFound);
    }
    let mut items = services.store.agenda(id).await?;
    items.retain(|item| item.standing != Standing::Shelved);
    let mut sheets = Vec::with_capacity(items.len());
    for item in items {
        readings::note(services, actor, &item.dossier, None).await?;
        sheets.push(sheet(services, item).await?);
    }
    Ok(Pack { sitting, sheets })
}

async fn sheet(services: &Services, item: Item) -> Result<Sheet, StoreError> {
    let head = services.store.head(&item.dossier).await?.ok_or(StoreError::Corrupt)?;
    let deposit = services.store.deposit_of(&item.dossier, item.deposit).await?;
    let deposit = deposit.ok_or(StoreError::Corrupt)?;
    let snapshot = deposit.snapshot().ok_or(StoreError::Corrupt)?;
    let form = forms::of(services, &snapshot.form_key()).await?.revision;
    let reading = Reading { head, deposit, answers: snapshot.answers() };
    let earlier = instruction::years_before(services, &reading).await?;
    let Reading { head, deposit, answers } = reading;
    let last_year = earlier.iter().find(|(year, _)| *year == head.year - 1);
    let changes = last_year.map(|(_, before)| diff(form, before, &answers)).unwrap_or_default();
    let follow_up = services.store.last_sheet(&item.dossier, true).await?;
    let follow_up = follow_up.filter(|version| version.deposit == item.deposit);
    Ok(Sheet { item, deposit, form, answers, earlier, changes, follow_up })
}
