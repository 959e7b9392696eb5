//! Provisional choices: each is kept as it is made, seen by the whole service, and can be undone.

use dossier::{
    act::LONGEST,
    allotting::{Choice, Standing, Verdict},
    id::{AllotmentId, DossierId},
};

use super::{AllotError, Gesture, Opened, latest, open};
use crate::{Actor, Services, StoreError};

/// How often a gesture is tried again when a colleague made one meanwhile.
const TRIES: usize = 8;

/// A choice that somebody makes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// The request.
    pub dossier: DossierId,
    /// Number of the gesture that the page shows of it; 0 for none.
    pub seen: u32,
    /// What is chosen; its deposit is that of the request.
    pub choice: Choice,
}

/// Why a choice is not kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ChooseError {
    /// No such simulation, or no such request in it.
    #[error("no such request in the simulation")]
    NotFound,
    /// A colleague chose something else meanwhile.
    #[error("a colleague chose something else meanwhile")]
    Changed,
    /// It is proposed already.
    #[error("a decision is proposed already")]
    Proposed,
    /// What would be granted is out of bounds, or the reason is too long.
    #[error("what is chosen does not fit")]
    BadChoice,
    /// Nothing is there to be undone.
    #[error("nothing is there to be undone")]
    Nothing,
    /// The store cannot answer.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<AllotError> for ChooseError {
    fn from(error: AllotError) -> Self {
        match error {
            AllotError::Store(error) => Self::Store(error),
            _ => Self::NotFound,
        }
    }
}

/// Keeps a gesture that is made from what the simulation says now; made again when a colleague was
/// faster.
async fn keep(
    services: &Services,
    actor: &Actor,
    id: &AllotmentId,
    make: impl Fn(&Opened) -> Result<(Option<u32>, Vec<(DossierId, Choice)>), ChooseError>,
) -> Result<usize, ChooseError> {
    for _ in 0..TRIES {
        let opened = open(services, actor, id).await?;
        let (undoes, choices) = make(&opened)?;
        let count = choices.len();
        if count == 0 && undoes.is_none() {
            return Ok(0);
        }
        let number = opened.gestures.last().map_or(0, |last| last.number) + 1;
        let gesture = Gesture::by(services, actor, (id, number), (undoes, choices));
        match services.store.add_gesture(&gesture).await {
            Ok(()) => return Ok(count),
            Err(StoreError::Conflict) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Err(ChooseError::Changed)
}

/// Makes a choice on one request.
///
/// # Errors
/// See [`ChooseError`]; nothing is kept then.
pub async fn choose(
    services: &Services,
    actor: &Actor,
    id: &AllotmentId,
    wanted: &Wanted,
) -> Result<(), ChooseError> {
    let fits = wanted.choice.grant.is_none_or(dossier::annex::Grant::is_fair)
        && wanted.choice.reason.chars().count() <= LONGEST;
    if !fits {
        return Err(ChooseError::BadChoice);
    }
    let make = |opened: &Opened| {
        let line = opened.lines.iter().find(|line| line.request.dossier == wanted.dossier);
        let line = line.ok_or(ChooseError::NotFound)?;
        if !line.is_open() {
            return Err(ChooseError::Proposed);
        }
        // What is asked for is no choice of its own: it follows what the structure asks.
        let grant = wanted.choice.grant.filter(|grant| Some(*grant) != line.asked());
        let reason = wanted.choice.reason.trim().replace("\r\n", "\n");
        let deposit = line.request.deposit;
        let choice = Choice { grant, reason, deposit, ..wanted.choice.clone() };
        if choice == line.choice {
            return Ok((None, Vec::new()));
        }
        let seen = opened.touches.get(&wanted.dossier).map_or(0, |touch| touch.number);
        if seen != wanted.seen {
            return Err(ChooseError::Changed);
        }
        Ok((None, vec![(wanted.dossier.clone(), choice)]))
    };
    keep(services, actor, id, make).await.map(|_| ())
}

/// Grants what they ask for to all those of these requests that are still to be looked at; says how many.
///
/// # Errors
/// See [`ChooseError`].
pub async fn grant_the_rest(
    services: &Services,
    actor: &Actor,
    id: &AllotmentId,
) -> Result<usize, ChooseError> {
    let make = |opened: &Opened| {
        let rest = opened.lines.iter().filter(|line| {
            line.standing() == Standing::Undecided && line.is_open() && line.grant().is_some()
        });
        let choices = rest.map(|line| {
            let deposit = line.request.deposit;
            let choice = Choice { verdict: Verdict::Grant, deposit, ..line.choice.clone() };
            (line.request.dossier.clone(), choice)
        });
        Ok((None, choices.collect()))
    };
    keep(services, actor, id, make).await
}

/// Undoes this person's last gesture: each request goes back to what was chosen before, unless a colleague
/// chose something else since. Says how many did.
///
/// # Errors
/// See [`ChooseError`].
pub async fn undo(
    services: &Services,
    actor: &Actor,
    id: &AllotmentId,
) -> Result<usize, ChooseError> {
    let make = |opened: &Opened| {
        let gesture = opened.undoable(actor).ok_or(ChooseError::Nothing)?;
        let before: Vec<Gesture> =
            opened.gestures.iter().filter(|one| one.number < gesture.number).cloned().collect();
        let (now, before) = (latest(&opened.gestures), latest(&before));
        let ours = gesture.choices.iter().map(|(dossier, _)| dossier).filter(|dossier| {
            now.get(dossier).is_some_and(|(_, touch)| touch.number == gesture.number)
        });
        let choices = ours.map(|dossier| {
            let choice = before.get(dossier).map(|(choice, _)| choice.clone());
            (dossier.clone(), choice.unwrap_or_default())
        });
        Ok((Some(gesture.number), choices.collect()))
    };
    keep(services, actor, id, make).await
}
