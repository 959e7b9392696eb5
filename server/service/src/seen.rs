//! What an agent has seen of a deposit: a mark for each answer, of one person, that holds as long as the
//! answer says the same. Whether it holds is computed, never kept.

use std::collections::{BTreeMap, BTreeSet};

use dossier::{
    id::{AccountId, DossierId},
    note::said,
};
use form::{Answers, At, Body, Revision, diff};

use crate::{
    Actor, Deposit, Millis, Services, StoreError,
    drafts::ReadError,
    forms,
    instruction::{Reading, open},
    journal::sha256_hex,
};

/// A mark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// On which answer, or which row.
    pub at: At,
    /// SHA-256 of what was said there, hexadecimal.
    pub hash: String,
}

/// What an agent saw of a deposit, and what is new to them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    /// Everything there is to see, in the order of the page.
    pub places: Vec<At>,
    /// Marked, and still what was seen.
    pub holds: BTreeSet<At>,
    /// Marked, and says something else since.
    pub fallen: BTreeSet<At>,
    /// When the agent was last here before this deposit; `None` for never.
    pub passage: Option<Millis>,
    /// What changed since then and is not marked yet.
    pub changed: BTreeSet<At>,
}

/// What is marked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// An answer, or a row.
    Place(At),
    /// All of a step.
    Step(String),
}

/// Why a mark is not kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SeeError {
    /// No such dossier, deposit or place for this actor.
    #[error("nothing of that name for this actor")]
    NotFound,
    /// The store cannot answer.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<ReadError> for SeeError {
    fn from(error: ReadError) -> Self {
        match error {
            ReadError::NotFound => Self::NotFound,
            ReadError::Store(error) => Self::Store(error),
        }
    }
}

/// Every answer and row that a reader of a deposit sees, in the order of the form, with its step.
pub fn places<'a>(form: &'a Revision, answers: &Answers) -> Vec<(&'a str, At)> {
    let mut places = Vec::new();
    for section in form.sections.iter().filter(|section| section.visible.holds(answers, "")) {
        for group in section.groups.iter().filter(|group| group.visible.holds(answers, "")) {
            match &group.body {
                Body::Fields(fields) => {
                    let put = fields.iter().filter(|def| def.is_put(answers, ""));
                    places.extend(put.map(|def| (section.id.as_ref(), At::once(&def.id))));
                }
                Body::Table(table) => {
                    let columns = || table.columns.iter().filter(|def| def.is_put(answers, ""));
                    let filled =
                        |row: &&str| columns().any(|def| !answers.raw(&def.id, row).is_empty());
                    let rows = answers.rows(table).into_iter().filter(filled);
                    places
                        .extend(rows.map(|row| (section.id.as_ref(), At::in_row(&table.id, row))));
                }
            }
        }
    }
    places
}

/// The hash of what is said at a place; `None` when nothing is there.
fn hash(form: &Revision, answers: &Answers, at: &At) -> Option<String> {
    said(form, answers, at).ok().map(|said| sha256_hex(said.as_bytes()))
}

/// Where a reader sees a cell: in its row.
fn shown_at(form: &Revision, at: &At) -> At {
    let table = form.place(&at.field).and_then(|place| place.table);
    table.map_or_else(|| at.clone(), |table| At::in_row(&table.id, &at.row))
}

/// What the actor has seen of a deposit.
///
/// # Errors
/// When the store cannot answer.
pub async fn of(
    services: &Services,
    actor: &Actor,
    (reading, form): (&Reading, &Revision),
) -> Result<Seen, StoreError> {
    let id = &reading.head.id;
    let answers = &reading.answers;
    let places: Vec<At> = places(form, answers).into_iter().map(|(_, at)| at).collect();
    let marks = services.store.marks(id, &actor.account_id).await?;
    let marks: BTreeMap<At, String> = marks.into_iter().map(|mark| (mark.at, mark.hash)).collect();
    let (mut holds, mut fallen) = (BTreeSet::new(), BTreeSet::new());
    for at in &places {
        match marks.get(at) {
            Some(then) if hash(form, answers, at).as_ref() == Some(then) => {
                holds.insert(at.clone())
            }
            Some(_) => fallen.insert(at.clone()),
            None => false,
        };
    }
    let before = passage(services, &actor.account_id, reading).await?;
    let mut changed = fallen.clone();
    if let Some((_, earlier)) = &before {
        let said = earlier.answers().ok_or(StoreError::Corrupt)?;
        changed.extend(diff(form, &said, answers).iter().map(|change| shown_at(form, &change.at)));
    }
    changed.retain(|at| !holds.contains(at) && places.contains(at));
    Ok(Seen { places, holds, fallen, passage: before.map(|(when, _)| when), changed })
}

/// When somebody last read the dossier before its present deposit, and the deposit that they read then.
async fn passage(
    services: &Services,
    reader: &AccountId,
    reading: &Reading,
) -> Result<Option<(Millis, Deposit)>, StoreError> {
    if reading.deposit.ordinal < 2 {
        return Ok(None);
    }
    let now = reading.deposit.at;
    let id = &reading.head.id;
    let readings = services.store.readings_of(id).await?;
    let moments = readings
        .iter()
        .filter(|one| one.by == *reader)
        .filter_map(|one| [one.last, one.first].into_iter().find(|moment| *moment < now));
    let Some(when) = moments.max() else { return Ok(None) };
    for ordinal in (1..reading.deposit.ordinal).rev() {
        let deposit = services.store.deposit_of(id, ordinal).await?;
        if let Some(deposit) = deposit.filter(|deposit| deposit.at <= when) {
            return Ok(Some((when, deposit)));
        }
    }
    Ok(None)
}

/// Marks an answer, a row or a step of a deposit as seen, or takes the mark away. The mark is on what
/// that deposit says, whatever was deposited since.
///
/// # Errors
/// See [`SeeError`]; nothing is kept then.
pub async fn mark(
    services: &Services,
    actor: &Actor,
    (id, deposit): (&DossierId, u32),
    what: &What,
    seen: bool,
) -> Result<(), SeeError> {
    if actor.role.is_siae() {
        return Err(SeeError::NotFound);
    }
    let reading = open(services, actor, id).await?;
    let read = if deposit == reading.deposit.ordinal {
        reading.deposit
    } else {
        services.store.deposit_of(id, deposit).await?.ok_or(SeeError::NotFound)?
    };
    let snapshot = read.snapshot().ok_or(StoreError::Corrupt)?;
    let form = forms::of(services, &snapshot.form_key()).await?.revision;
    let answers = snapshot.answers();
    let all = places(form, &answers).into_iter();
    let marks: Vec<Mark> = all
        .filter(|(step, at)| match what {
            What::Place(place) => at == place,
            What::Step(section) => step == section,
        })
        .filter_map(|(_, at)| hash(form, &answers, &at).map(|hash| Mark { at, hash }))
        .collect();
    if marks.is_empty() {
        return Err(SeeError::NotFound);
    }
    if seen {
        services.store.put_marks(id, &actor.account_id, &marks, services.now()).await?;
    } else {
        let places: Vec<At> = marks.into_iter().map(|mark| mark.at).collect();
        services.store.remove_marks(id, &actor.account_id, &places).await?;
    }
    Ok(())
}
