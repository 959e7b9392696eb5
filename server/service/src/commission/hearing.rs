//! What the commission says of the dossiers of a sitting: each opinion is an act of its dossier.

use dossier::{
    act::{ActRefused, Said, Sense},
    commission::Standing,
    id::{DossierId, SittingId},
    right::CommissionRight,
    state::Action,
};

use super::{Item, PlanError, found};
use crate::{
    Actor, Services, StoreError,
    instruction::{self, ActError},
};

/// What is to be noted of one dossier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// An opinion.
    Says(Sense),
    /// It goes to another sitting.
    Postponed,
}

/// What is to be noted of a dossier, with its reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hearing {
    /// The dossier.
    pub dossier: DossierId,
    /// What; nothing where nothing was chosen.
    pub verdict: Option<Verdict>,
    /// Why.
    pub words: String,
}

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Heard {
    /// It is noted.
    Noted,
    /// It goes to another sitting.
    Postponed,
    /// Nothing was to be done.
    Same,
    /// Something is missing.
    Incomplete(ActRefused),
    /// The dossier waits for no opinion any more.
    Gone,
}

/// Notes what the commission said of dossiers of a sitting, one by one: what is refused of one does not
/// stop the others. `to`: the sitting to which postponed dossiers go; nothing for whichever comes.
///
/// # Errors
/// When there is no such sitting for this actor, or it is closed.
pub async fn hear(
    services: &Services,
    actor: &Actor,
    id: &SittingId,
    hearings: &[Hearing],
    to: Option<&SittingId>,
) -> Result<Vec<(DossierId, Heard)>, PlanError> {
    let sitting = found(services, actor, id, CommissionRight::Note).await?;
    if !sitting.stage().is_open() {
        return Err(PlanError::Refused(dossier::commission::SittingRefused::NotNow));
    }
    let to = match to {
        Some(to) => {
            let other = found(services, actor, to, CommissionRight::Keep).await?;
            let fits = other.stage().is_open()
                && other.department == sitting.department
                && other.id != sitting.id;
            Some(other).filter(|_| fits).map(|other| other.id)
        }
        None => None,
    };
    let items = services.store.agenda(id).await?;
    let mut all = Vec::new();
    for hearing in hearings {
        let item = items.iter().find(|item| item.dossier == hearing.dossier);
        let heard = match item.filter(|item| item.is_noted_here()) {
            Some(item) => one(services, actor, (id, to.as_ref()), item, hearing).await?,
            None if hearing.verdict.is_none() => Heard::Same,
            None => Heard::Gone,
        };
        all.push((hearing.dossier.clone(), heard));
    }
    Ok(all)
}

async fn one(
    services: &Services,
    actor: &Actor,
    (id, to): (&SittingId, Option<&SittingId>),
    item: &Item,
    hearing: &Hearing,
) -> Result<Heard, StoreError> {
    let words = hearing.words.trim().replace("\r\n", "\n");
    let known = item.opinion.as_ref();
    match hearing.verdict {
        None if words.is_empty() => Ok(Heard::Same),
        None => Ok(Heard::Incomplete(ActRefused::NoOpinion)),
        Some(Verdict::Says(sense))
            if known.is_some_and(|known| known.sense == sense && known.words == words) =>
        {
            Ok(Heard::Same)
        }
        Some(Verdict::Says(sense)) => {
            let said = Said { message: words, opinion: Some(sense), ..Said::default() };
            let act = (Action::RecordOpinion, said);
            let read = item.deposits;
            match instruction::act_at(services, actor, &item.dossier, act, read, Some(id)).await {
                Ok(()) => Ok(Heard::Noted),
                Err(ActError::Incomplete(why)) => Ok(Heard::Incomplete(why)),
                Err(ActError::Store(error)) => Err(error),
                Err(_) => Ok(Heard::Gone),
            }
        }
        // What was said stays said.
        Some(Verdict::Postponed) if item.standing != Standing::Open || known.is_some() => {
            Ok(Heard::Gone)
        }
        Some(Verdict::Postponed) => {
            let from = (id, &item.dossier);
            services.store.postpone_item(from, to, (services.now(), &actor.account_id)).await?;
            Ok(Heard::Postponed)
        }
    }
}
