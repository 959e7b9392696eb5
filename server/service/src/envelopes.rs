//! Envelopes: who may spend how much on which kind of structure, and what is left of it.

use std::collections::BTreeMap;

use dossier::{
    allotting::{Choice, Line, Request, Subject},
    annex::Terms,
    envelope::{Balance, Dotation, KINDS, SetRefused, may_set},
    id::AccountId,
    place::{Place, regions},
    right::{EnvelopeRight, allows_envelope},
    role::{Role, Scope, TERRITORIES},
};

use crate::{Actor, Millis, Services, StoreError, worklist::Within};

/// How often a change is tried again when somebody else set an envelope of the region meanwhile.
const TRIES: usize = 8;

/// What an envelope was set to, by whom and why. The last one counts; none is ever rewritten.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Year.
    pub year: i32,
    /// Kind of structure.
    pub kind: String,
    /// Where.
    pub place: Place,
    /// Its number among those of the same year, kind and family, from 1.
    pub seq: u32,
    /// What it is from then on.
    pub to: Dotation,
    /// Why.
    pub reason: String,
    /// When.
    pub at: Millis,
    /// Who.
    pub by: AccountId,
    /// Name of who.
    pub by_name: String,
}

/// An annexe, as far as envelopes read it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Granted {
    /// Of whom, for what.
    pub subject: Subject,
    /// Year.
    pub year: i32,
    /// What the annexes of one convention and year have in common.
    pub convention: String,
    /// What it says.
    pub terms: Terms,
}

/// An envelope with what was made of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Envelope {
    /// Where.
    pub place: Place,
    /// Kind of structure.
    pub kind: String,
    /// What was made of it.
    pub balance: Balance,
    /// Number of the change that set it; 0 for none.
    pub seen: u32,
}

/// Envelopes of a year, as far as a person sees them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Book {
    /// Year.
    pub year: i32,
    /// The places, regions before their départements.
    pub places: Vec<Place>,
    /// One for each place and kind, in their order.
    pub envelopes: Vec<Envelope>,
    /// What was set, in order.
    pub changes: Vec<Change>,
}

impl Book {
    /// The envelope of a kind somewhere.
    pub fn of(&self, place: &Place, kind: &str) -> Option<&Envelope> {
        self.envelopes.iter().find(|one| one.place == *place && one.kind == kind)
    }

    /// All kinds of a place together.
    pub fn whole(&self, place: &Place) -> Balance {
        self.some(place, &KINDS.map(str::to_owned))
    }

    /// These kinds of a place together.
    pub fn some(&self, place: &Place, kinds: &[String]) -> Balance {
        let theirs = self.envelopes.iter().filter(|one| one.place == *place);
        let theirs = theirs.filter(|one| kinds.contains(&one.kind));
        theirs.fold(Balance::default(), |sum, one| sum.with(&one.balance))
    }
}

/// Why envelopes are not shown, or not set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EnvelopeError {
    /// Nothing of that name for this actor.
    #[error("no such envelope")]
    NotFound,
    /// A rule stands against it.
    #[error("the envelope is refused: {0:?}")]
    Refused(SetRefused),
    /// Somebody else set it meanwhile.
    #[error("the envelope changed meanwhile")]
    Changed,
    /// The store cannot answer.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The places whose envelopes a person sees, regions before their départements.
pub fn places_of(actor: &Actor) -> Vec<Place> {
    if !allows_envelope(actor.role, EnvelopeRight::Read) {
        return Vec::new();
    }
    let within = |department: &str| match &actor.scope {
        Scope::National => true,
        Scope::Departments(ours) => ours.iter().any(|one| one == department),
        Scope::Structures(_) | Scope::Packs(_) | Scope::Steps { .. } => false,
    };
    let mut places = Vec::new();
    for territory in &TERRITORIES {
        let whole = territory.departments.iter().all(|one| within(one));
        if whole && !territory.region.is_empty() && !actor.role.instructs() {
            places.push(Place::Region(territory.region.to_owned()));
        }
        let ours = territory.departments.iter().filter(|one| within(one));
        places.extend(ours.map(|one| Place::Department((*one).to_owned())));
    }
    places
}

/// Whether a person may set an envelope of this place.
pub fn may_edit(actor: &Actor, place: &Place) -> bool {
    let right = match place {
        Place::Department(_) if place.region().is_some() => EnvelopeRight::Delegate,
        Place::Department(_) | Place::Region(_) => EnvelopeRight::Notify,
    };
    allows_envelope(actor.role, right) && places_of(actor).contains(place)
}

/// The families of these places; `None` for the country.
fn families(actor: &Actor, places: &[Place]) -> Option<Vec<String>> {
    if actor.scope == Scope::National {
        return None;
    }
    let mut families: Vec<String> = places.iter().map(Place::family).collect();
    families.dedup();
    Some(families)
}

/// Envelopes of a year in the territory of a person.
///
/// # Errors
/// When this person sees none, or the store cannot answer.
pub async fn book(services: &Services, actor: &Actor, year: i32) -> Result<Book, EnvelopeError> {
    let places = places_of(actor);
    if places.is_empty() {
        return Err(EnvelopeError::NotFound);
    }
    let store = &services.store;
    let within = Within::of(&actor.scope, None);
    let changes = store.envelope_changes(year, families(actor, &places).as_deref()).await?;
    // A département knows its own, not those beside it.
    let changes: Vec<Change> =
        changes.into_iter().filter(|change| places.contains(&change.place)).collect();
    let requests = store.requests(&within, year, false).await?;
    let granted = store.granted_in(&within, &[year]).await?;
    Ok(Book { year, envelopes: balances(&places, &changes, &requests, &granted), places, changes })
}

/// What annexes take, told together by what they are of.
pub(crate) fn by_subject(granted: &[Granted], year: i32) -> BTreeMap<Subject, Vec<Vec<Terms>>> {
    let mut conventions: BTreeMap<(&Subject, &str), Vec<Terms>> = BTreeMap::new();
    for one in granted.iter().filter(|one| one.year == year) {
        let key = (&one.subject, one.convention.as_str());
        conventions.entry(key).or_default().push(one.terms);
    }
    let mut subjects: BTreeMap<Subject, Vec<Vec<Terms>>> = BTreeMap::new();
    for ((subject, _), terms) in conventions {
        subjects.entry(subject.clone()).or_default().push(terms);
    }
    subjects
}

/// What a request would take from its envelope if it were granted.
fn asks(request: Request, granted: &BTreeMap<Subject, Vec<Vec<Terms>>>) -> Line {
    crate::allotting::line(request, Choice::default(), granted, &BTreeMap::new())
}

fn balances(
    places: &[Place],
    changes: &[Change],
    requests: &[Request],
    granted: &[Granted],
) -> Vec<Envelope> {
    // By département and kind.
    let mut sums: BTreeMap<(String, String), Balance> = BTreeMap::new();
    let year = granted.first().map_or(0, |one| one.year);
    let subjects = by_subject(granted, year);
    for (subject, conventions) in &subjects {
        let sum = sums.entry((subject.department.clone(), subject.kind.clone())).or_default();
        sum.granted += conventions.iter().map(|terms| Dotation::of_year(terms)).sum();
    }
    for request in requests {
        let line = asks(request.clone(), &subjects);
        let sum = sums.entry((request.department.clone(), request.kind.clone())).or_default();
        sum.requests += 1;
        sum.asked += line.asks();
        sum.without_amount += u32::from(line.is_without_amount());
    }
    let last = |place: &Place, kind: &str| {
        changes.iter().rev().find(|one| one.place == *place && one.kind == kind)
    };
    let mut envelopes = Vec::with_capacity(places.len() * KINDS.len());
    for place in places {
        let departments = place.departments();
        for kind in KINDS {
            let set = last(place, kind);
            let of = |department: &String| {
                sums.get(&(department.clone(), kind.to_owned())).copied().unwrap_or_default()
            };
            let mut balance =
                departments.iter().map(of).fold(Balance::default(), |sum, one| sum.with(&one));
            balance.given = set.map(|set| set.to);
            if matches!(place, Place::Region(_)) {
                let below = departments.iter().map(|one| Place::Department(one.clone()));
                balance.delegated =
                    below.filter_map(|one| last(&one, kind)).map(|set| set.to).sum();
            }
            envelopes.push(Envelope {
                place: place.clone(),
                kind: kind.to_owned(),
                balance,
                seen: set.map_or(0, |set| set.seq),
            });
        }
    }
    envelopes
}

/// Sets an envelope. `seen` is the number of the change that the person read, 0 for none.
///
/// # Errors
/// See [`EnvelopeError`]; nothing is kept then.
pub async fn set(
    services: &Services,
    actor: &Actor,
    (year, kind, place): (i32, &str, &Place),
    (to, reason): (Dotation, &str),
    seen: u32,
) -> Result<(), EnvelopeError> {
    if !may_edit(actor, place) || !KINDS.contains(&kind) {
        return Err(EnvelopeError::NotFound);
    }
    let family = place.family();
    for _ in 0..TRIES {
        let changes =
            services.store.envelope_changes(year, Some(std::slice::from_ref(&family))).await?;
        let changes: Vec<Change> = changes.into_iter().filter(|one| one.kind == kind).collect();
        let last = changes.iter().rev().find(|one| one.place == *place);
        if last.map_or(0, |one| one.seq) != seen {
            return Err(EnvelopeError::Changed);
        }
        let mut now: BTreeMap<&Place, Dotation> = BTreeMap::new();
        for change in &changes {
            now.insert(&change.place, change.to);
        }
        let now: Vec<(Place, Dotation)> =
            now.into_iter().map(|(place, given)| (place.clone(), given)).collect();
        may_set(place, to, reason, &now).map_err(EnvelopeError::Refused)?;
        let change = Change {
            year,
            kind: kind.to_owned(),
            place: place.clone(),
            seq: changes.last().map_or(0, |one| one.seq) + 1,
            to,
            reason: reason.trim().to_owned(),
            at: services.now(),
            by: actor.account_id.clone(),
            by_name: actor.name.clone(),
        };
        match services.store.add_envelope_change(&change).await {
            Ok(()) => return Ok(()),
            // Another envelope of the region was set meanwhile: what is left of it is to be read again.
            Err(StoreError::Conflict) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Err(EnvelopeError::Changed)
}

/// The year whose envelopes are worked on: the one that is asked for from September on.
///
/// # Errors
/// When nobody knows what day it is.
pub fn usual_year(services: &Services) -> Result<i32, StoreError> {
    let today = services.clock.today().ok_or(StoreError::Unavailable)?;
    Ok(today.year() + i32::from(today.month() >= 9))
}

/// Whether a person sees every region.
pub fn is_national(actor: &Actor) -> bool {
    actor.role == Role::Dgefp
}

/// The regions of a book, as places.
pub fn regions_of(book: &Book) -> Vec<Place> {
    regions()
        .map(|one| Place::Region(one.region.to_owned()))
        .filter(|one| book.places.contains(one))
        .collect()
}
