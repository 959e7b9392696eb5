//! The agenda of a sitting: dossiers are put on it, taken off, ordered, presented.

use dossier::{
    act::Said,
    commission::{LONGEST_WORDS, MOST_ITEMS, Standing, Wait},
    id::{DossierId, SittingId},
    right::CommissionRight,
    state::Action,
};

use super::{Item, Sitting, SittingError, Waiting, found, waiting};
use crate::{
    Actor, Services, StoreError,
    instruction::{self, ActError},
};

/// A dossier that somebody wants on an agenda, as they saw it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// The dossier.
    pub dossier: DossierId,
    /// Ordinal of the deposit that the page showed.
    pub deposit: u32,
}

/// Why an agenda does not change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AgendaError {
    /// No such sitting or dossier for this actor, or the agenda is closed.
    #[error("no such item")]
    NotFound,
    /// Nothing was chosen.
    #[error("nothing was chosen")]
    Nothing,
    /// There are too many dossiers on it.
    #[error("the agenda is full")]
    Full,
    /// The presentation is too long.
    #[error("the presentation is too long")]
    TooLong,
    /// A colleague wrote another presentation meanwhile.
    #[error("a colleague wrote meanwhile")]
    Changed,
    /// The store cannot answer.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<SittingError> for AgendaError {
    fn from(error: SittingError) -> Self {
        match error {
            SittingError::NotFound => Self::NotFound,
            SittingError::Store(error) => Self::Store(error),
        }
    }
}

/// A sitting whose agenda may change.
async fn changing(
    services: &Services,
    actor: &Actor,
    id: &SittingId,
) -> Result<(Sitting, Vec<Item>), AgendaError> {
    let sitting = found(services, actor, id, CommissionRight::Keep).await?;
    if !sitting.stage().is_open() {
        return Err(AgendaError::NotFound);
    }
    let items = services.store.agenda(id).await?;
    Ok((sitting, items))
}

/// Puts dossiers that wait on an agenda; the commission is asked for its opinion on those for which it
/// was not. What does not wait any more, or was deposited again since it was shown, stays off. Says how
/// many were put.
///
/// # Errors
/// See [`AgendaError`].
pub async fn put(
    services: &Services,
    actor: &Actor,
    id: &SittingId,
    wanted: &[Wanted],
) -> Result<usize, AgendaError> {
    if wanted.is_empty() {
        return Err(AgendaError::Nothing);
    }
    let (sitting, items) = changing(services, actor, id).await?;
    let all = waiting(services, actor, Some(&sitting.department)).await?;
    let mut count = items.len();
    let mut put = 0;
    for one in &all {
        let is_wanted =
            |wanted: &Wanted| wanted.dossier == one.dossier && wanted.deposit == one.deposit;
        if !wanted.iter().any(is_wanted) {
            continue;
        }
        if count >= MOST_ITEMS {
            return Err(AgendaError::Full);
        }
        if put_one(services, actor, id, one).await? {
            count += 1;
            put += 1;
        }
    }
    Ok(put)
}

/// Puts all that waits for an opinion on an agenda.
///
/// # Errors
/// See [`AgendaError`].
pub async fn put_all(
    services: &Services,
    actor: &Actor,
    id: &SittingId,
) -> Result<usize, AgendaError> {
    let (sitting, _) = changing(services, actor, id).await?;
    let all = waiting(services, actor, Some(&sitting.department)).await?;
    let asked = all.into_iter().filter(|one| one.wait == Wait::Opinion);
    let wanted = asked.map(|one| Wanted { dossier: one.dossier, deposit: one.deposit });
    let wanted: Vec<_> = wanted.collect();
    put(services, actor, id, &wanted).await
}

async fn put_one(
    services: &Services,
    actor: &Actor,
    id: &SittingId,
    one: &Waiting,
) -> Result<bool, AgendaError> {
    if one.wait == Wait::ToRefer {
        let refers = (Action::ReferToCommission, Said::default());
        match instruction::act(services, actor, &one.dossier, refers, one.deposit).await {
            Ok(()) => {}
            Err(ActError::Store(error)) => return Err(error.into()),
            // Somebody did something else with it meanwhile.
            Err(_) => return Ok(false),
        }
    }
    let purpose = one.wait.purpose();
    let at = (services.now(), &actor.account_id);
    match services.store.put_item(id, (&one.dossier, one.deposit), purpose, at).await {
        Ok(()) => Ok(true),
        // It is on another agenda since.
        Err(StoreError::Conflict) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

fn on<'a>(items: &'a [Item], dossier: &DossierId) -> Result<&'a Item, AgendaError> {
    items.iter().find(|item| item.dossier == *dossier).ok_or(AgendaError::NotFound)
}

/// Takes a dossier off, which waits again.
///
/// # Errors
/// See [`AgendaError`].
pub async fn take_off(
    services: &Services,
    actor: &Actor,
    id: &SittingId,
    dossier: &DossierId,
) -> Result<(), AgendaError> {
    let (_, items) = changing(services, actor, id).await?;
    let item = on(&items, dossier)?;
    if item.standing != Standing::Open {
        return Err(AgendaError::NotFound);
    }
    Ok(services.store.remove_item(id, dossier).await?)
}

/// Which way a dossier goes on the agenda.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Move {
    /// Before the one above it.
    Up,
    /// After the one below it.
    Down,
}

/// Moves a dossier among those of its purpose.
///
/// # Errors
/// See [`AgendaError`].
pub async fn move_item(
    services: &Services,
    actor: &Actor,
    id: &SittingId,
    dossier: &DossierId,
    way: Move,
) -> Result<(), AgendaError> {
    let (_, items) = changing(services, actor, id).await?;
    let purpose = on(&items, dossier)?.purpose;
    let is_same = |(_, item): &(usize, &Item)| item.purpose == purpose;
    let places: Vec<usize> =
        items.iter().enumerate().filter(is_same).map(|(place, _)| place).collect();
    let here = places
        .iter()
        .position(|place| items.get(*place).is_some_and(|item| item.dossier == *dossier));
    let there = match way {
        Move::Up => here.and_then(|here| here.checked_sub(1)),
        Move::Down => here.map(|here| here + 1),
    };
    let pair = here.zip(there).and_then(|(a, b)| places.get(a).zip(places.get(b)));
    // At the end it stays where it is.
    let Some((a, b)) = pair else { return Ok(()) };
    let mut order: Vec<DossierId> = items.iter().map(|item| item.dossier.clone()).collect();
    order.swap(*a, *b);
    Ok(services.store.order_items(id, &order).await?)
}

/// Writes how a dossier is presented to the members, over what was read at this version.
///
/// # Errors
/// See [`AgendaError`]; nothing is kept then.
pub async fn present(
    services: &Services,
    actor: &Actor,
    id: &SittingId,
    dossier: &DossierId,
    (words, seen): (&str, u32),
) -> Result<(), AgendaError> {
    let (_, items) = changing(services, actor, id).await?;
    let item = on(&items, dossier)?;
    let words = words.trim().replace("\r\n", "\n");
    if words.chars().count() > LONGEST_WORDS {
        return Err(AgendaError::TooLong);
    }
    if words == item.words {
        return Ok(());
    }
    let kept = services.store.present_item((id, dossier), (&words, seen), services.now()).await?;
    if kept { Ok(()) } else { Err(AgendaError::Changed) }
}

/// Makes the pack show the last deposit of a dossier.
///
/// # Errors
/// See [`AgendaError`].
pub async fn refresh(
    services: &Services,
    actor: &Actor,
    id: &SittingId,
    dossier: &DossierId,
) -> Result<(), AgendaError> {
    let (_, items) = changing(services, actor, id).await?;
    let item = on(&items, dossier)?;
    Ok(services.store.refresh_item(id, dossier, item.deposits).await?)
}
