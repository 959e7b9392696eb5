//! Named simulations within an envelope: who would be granted what. Read and made within one service of
//! the State: whoever asks needs a [`Seats`], and only a role that simulates has one.

mod choosing;
mod gesture;
mod proposing;

use std::collections::{BTreeMap, BTreeSet};

use dossier::{
    allotting::{Choice, LONGEST_NAME, Line, Request, Subject},
    annex::Terms,
    envelope::{Balance, Dotation, KINDS},
    id::{AccountId, AllotmentId, DossierId},
    place::Place,
    right::{EnvelopeRight, allows_envelope},
};

use self::gesture::latest;
pub use self::{
    choosing::{ChooseError, Wanted, choose, grant_the_rest, undo},
    gesture::{Gesture, Touch},
    proposing::{ProposeError, Run, RunLine, Words, before, propose, take_back},
};
use crate::{
    Actor, Millis, Services, StoreError,
    envelopes::{EnvelopeError, book, by_subject, places_of},
    worklist::Within,
};

/// The places in which a person simulates. Only a person who may makes one: no simulation can be read
/// without.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seats(Vec<Place>);

impl Seats {
    /// A DDETS simulates in its départements, a DREETS in its regions, nobody else anywhere.
    pub fn of(actor: &Actor) -> Self {
        if !allows_envelope(actor.role, EnvelopeRight::Simulate) {
            return Self(Vec::new());
        }
        let own = |place: &Place| matches!(place, Place::Department(_)) == actor.role.instructs();
        Self(places_of(actor).into_iter().filter(own).collect())
    }

    /// The places.
    pub fn places(&self) -> &[Place] {
        &self.0
    }
}

/// A named simulation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Allotment {
    /// Its id.
    pub id: AllotmentId,
    /// Its name.
    pub name: String,
    /// Year.
    pub year: i32,
    /// Kinds of structures, in the order of [`KINDS`].
    pub kinds: Vec<String>,
    /// Where.
    pub place: Place,
    /// When it was made.
    pub made_at: Millis,
    /// Who made it.
    pub made_by: AccountId,
    /// Name of who.
    pub made_by_name: String,
    /// When it was put away.
    pub aside_at: Option<Millis>,
}

/// A request that was in a simulation and is not any more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gone {
    /// The request, decided or taken back; `None` when it is of another territory now.
    pub request: Option<Request>,
    /// What had been chosen.
    pub choice: Choice,
}

/// A simulation with all that it says today.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opened {
    /// The simulation.
    pub allotment: Allotment,
    /// Requests that wait for a decision, by name.
    pub lines: Vec<Line>,
    /// What is known of the last choice on them.
    pub touches: BTreeMap<DossierId, Touch>,
    /// Those that left.
    pub gone: Vec<Gone>,
    /// The envelope.
    pub balance: Balance,
    /// What was chosen, in order.
    pub gestures: Vec<Gesture>,
}

impl Opened {
    /// Whether a request came in after the simulation was made.
    pub fn is_new(&self, line: &Line) -> bool {
        line.request.deposited_at > self.allotment.made_at.0
            && !self.touches.contains_key(&line.request.dossier)
    }

    /// The gesture that this person would undo: their last one that is not undone yet.
    pub fn undoable(&self, actor: &Actor) -> Option<&Gesture> {
        let undone: BTreeSet<u32> = self.gestures.iter().filter_map(|one| one.undoes).collect();
        self.gestures.iter().rev().find(|one| {
            one.by == actor.account_id && one.undoes.is_none() && !undone.contains(&one.number)
        })
    }
}

/// A simulation to be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct New {
    /// Its name.
    pub name: String,
    /// Year.
    pub year: i32,
    /// Kinds of structures.
    pub kinds: Vec<String>,
    /// Where.
    pub place: Place,
}

/// Why a simulation is not shown, or not made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AllotError {
    /// No such simulation for this actor.
    #[error("no such simulation")]
    NotFound,
    /// It needs a name, of 80 characters at most.
    #[error("the simulation needs a name")]
    BadName,
    /// It needs a kind, a year and a place of this person.
    #[error("the simulation needs a kind")]
    BadChoice,
    /// The store cannot answer.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<EnvelopeError> for AllotError {
    fn from(error: EnvelopeError) -> Self {
        match error {
            EnvelopeError::Store(error) => Self::Store(error),
            _ => Self::NotFound,
        }
    }
}

/// Simulations of a year that a person reads, latest first.
///
/// # Errors
/// When the store cannot answer.
pub async fn list(
    services: &Services,
    actor: &Actor,
    year: i32,
) -> Result<Vec<Allotment>, StoreError> {
    services.store.allotments(&Seats::of(actor), year).await
}

fn named(name: &str) -> Result<String, AllotError> {
    let name = name.trim();
    let fits = (1..=LONGEST_NAME).contains(&name.chars().count());
    if fits { Ok(name.to_owned()) } else { Err(AllotError::BadName) }
}

/// Makes a simulation.
///
/// # Errors
/// See [`AllotError`].
pub async fn create(
    services: &Services,
    actor: &Actor,
    new: New,
) -> Result<AllotmentId, AllotError> {
    if !Seats::of(actor).places().contains(&new.place) {
        return Err(AllotError::NotFound);
    }
    let name = named(&new.name)?;
    let kinds: Vec<String> = KINDS
        .into_iter()
        .filter(|kind| new.kinds.iter().any(|one| one == kind))
        .map(str::to_owned)
        .collect();
    if kinds.is_empty() || !(2_000..2_100).contains(&new.year) {
        return Err(AllotError::BadChoice);
    }
    let allotment = Allotment {
        id: services.ulid().into(),
        name,
        year: new.year,
        kinds,
        place: new.place,
        made_at: services.now(),
        made_by: actor.account_id.clone(),
        made_by_name: actor.name.clone(),
        aside_at: None,
    };
    services.store.add_allotment(&allotment).await?;
    Ok(allotment.id)
}

/// A simulation of this person's service.
pub(crate) async fn head(
    services: &Services,
    actor: &Actor,
    id: &AllotmentId,
) -> Result<Allotment, AllotError> {
    let seats = Seats::of(actor);
    services.store.allotment(&seats, id).await?.ok_or(AllotError::NotFound)
}

/// Names a simulation anew.
///
/// # Errors
/// See [`AllotError`].
pub async fn rename(
    services: &Services,
    actor: &Actor,
    id: &AllotmentId,
    name: &str,
) -> Result<(), AllotError> {
    let allotment = head(services, actor, id).await?;
    Ok(services.store.name_allotment(&allotment.id, &named(name)?).await?)
}

/// Puts a simulation away, or takes it out again.
///
/// # Errors
/// See [`AllotError`].
pub async fn put_aside(
    services: &Services,
    actor: &Actor,
    id: &AllotmentId,
    aside: bool,
) -> Result<(), AllotError> {
    let allotment = head(services, actor, id).await?;
    let at = aside.then(|| services.now());
    Ok(services.store.put_allotment_aside(&allotment.id, at).await?)
}

/// Copies a simulation with its choices, under another name.
///
/// # Errors
/// See [`AllotError`].
pub async fn copy(
    services: &Services,
    actor: &Actor,
    id: &AllotmentId,
    name: &str,
) -> Result<AllotmentId, AllotError> {
    let Allotment { year, kinds, place, .. } = head(services, actor, id).await?;
    let chosen = latest(&services.store.gestures(id).await?);
    let new = New { name: name.to_owned(), year, kinds, place };
    let made = create(services, actor, new).await?;
    let choices: Vec<_> =
        chosen.into_iter().map(|(dossier, (choice, _))| (dossier, choice)).collect();
    if !choices.is_empty() {
        let gesture = Gesture::by(services, actor, (&made, 1), (None, choices));
        services.store.add_gesture(&gesture).await?;
    }
    Ok(made)
}

/// A request as a line, beside the annexes of its year and of the year before.
pub(crate) fn line(
    request: Request,
    choice: Choice,
    this_year: &BTreeMap<Subject, Vec<Vec<Terms>>>,
    last_year: &BTreeMap<Subject, Vec<Vec<Terms>>>,
) -> Line {
    let subject = Subject {
        structure: request.structure.clone(),
        kind: request.kind.clone(),
        perimeter: request.perimeter.clone(),
        department: request.department.clone(),
    };
    // An amendment changes the annexe of its year; there is one convention of a subject at a time.
    let changes = request.nature == "amendment";
    let before = this_year.get(&subject).filter(|_| changes);
    let before = before.and_then(|conventions| conventions.last().cloned()).unwrap_or_default();
    let last = last_year.get(&subject);
    let last = last.map(|all| all.iter().map(|terms| Dotation::of_year(terms)).sum());
    Line { request, choice, last_year: last, before }
}

/// Opens a simulation: the requests of its scope come into it by themselves.
///
/// # Errors
/// When there is none for this actor.
pub async fn open(
    services: &Services,
    actor: &Actor,
    id: &AllotmentId,
) -> Result<Opened, AllotError> {
    let allotment = head(services, actor, id).await?;
    open_with(services, actor, allotment).await
}

async fn open_with(
    services: &Services,
    actor: &Actor,
    allotment: Allotment,
) -> Result<Opened, AllotError> {
    let store = &services.store;
    let within = Within::at(&actor.scope, &allotment.place.departments());
    let requests = store.requests(&within, allotment.year, true).await?;
    let granted = store.granted_in(&within, &[allotment.year - 1, allotment.year]).await?;
    let gestures = store.gestures(&allotment.id).await?;
    let balance = book(services, actor, allotment.year).await?;
    let balance = balance.some(&allotment.place, &allotment.kinds);
    let mut chosen = latest(&gestures);
    let this_year = by_subject(&granted, allotment.year);
    let last_year = by_subject(&granted, allotment.year - 1);
    let (mut lines, mut touches, mut gone) = (Vec::new(), BTreeMap::new(), Vec::new());
    for request in requests {
        if !allotment.kinds.contains(&request.kind) {
            continue;
        }
        let known = chosen.remove(&request.dossier);
        let was_there = known.is_some() || request.changed_at > allotment.made_at.0;
        let (choice, touch) = known.unzip();
        let choice = choice.unwrap_or_default();
        if request.state.is_final() {
            if was_there {
                gone.push(Gone { request: Some(request), choice });
            }
            continue;
        }
        if let Some(touch) = touch {
            touches.insert(request.dossier.clone(), touch);
        }
        lines.push(line(request, choice, &this_year, &last_year));
    }
    gone.extend(chosen.into_values().map(|(choice, _)| Gone { request: None, choice }));
    lines.sort_by_cached_key(|line| {
        (form::bare(&line.request.structure_name), line.request.dossier.as_str().to_owned())
    });
    Ok(Opened { allotment, lines, touches, gone, balance, gestures })
}
