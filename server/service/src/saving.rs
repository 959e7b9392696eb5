//! One autosave, decided without a store: both stores load a [`Desk`], let it decide each save in
//! turn, and write its [`Effects`].

mod slot;
mod together;

use std::collections::{BTreeMap, BTreeSet};

use dossier::{
    event::{Event, EventKind},
    id::{AccountId, DossierId, is_ulid},
    operation::{Gesture, Operation, Outcome, Refusal, Verdict},
    reopened::Reopened,
    right::Right,
    share::Part,
};
use form::{Answer, At, Provenance, Revision, row};

use self::{
    slot::{Slot, confirmed, judged, slot},
    together::own_version,
};
use crate::{Actor, DossierHead, Millis, journal};

/// A save to decide.
#[derive(Clone, Debug)]
pub struct Save {
    /// The dossier.
    pub dossier: DossierId,
    /// Who saves.
    pub actor: Actor,
    /// When.
    pub at: Millis,
    /// What.
    pub operations: Vec<Operation>,
    /// Where a text that is written is that of a source: which, and what the person makes of it.
    /// Nobody but the server says so.
    pub given: BTreeMap<At, Provenance>,
}

/// What became of a save.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    /// One outcome for each operation, in their order.
    Outcomes(Vec<Outcome>),
    /// The dossier is not the actor's.
    NotFound,
    /// Its state allows no writing.
    NotEditable,
}

/// An answer with who wrote it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// The answer.
    pub answer: Answer,
    /// When.
    pub at: Millis,
    /// By whom.
    pub by: AccountId,
    /// Name of whom.
    pub by_name: String,
}

/// What a store writes once the saves are decided.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Effects {
    /// Places whose answer is new; the answer is on the desk.
    pub changed: BTreeSet<At>,
    /// Answers that were written over.
    pub past: Vec<(At, Written)>,
    /// Outcomes to remember, and since when.
    pub outcomes: Vec<(Outcome, Millis)>,
    /// Events, in order; when there is one, the head changed.
    pub events: Vec<Event>,
}

/// What a store loads of one dossier before its saves are decided.
#[derive(Clone, Debug)]
pub struct Desk {
    /// The dossier.
    pub head: DossierHead,
    /// The answers that the saves touch: see [`Desk::wanted`].
    pub answers: BTreeMap<At, Written>,
    /// Outcomes of operations seen before, by operation.
    pub outcomes: BTreeMap<String, Outcome>,
    /// Texts that were written over and that others were typed over: see [`Desk::bases`].
    pub bases: BTreeMap<(At, u32), String>,
    /// What is open, when the dossier was sent back.
    pub reopened: Option<Reopened>,
    /// What to write.
    pub effects: Effects,
    form: Option<&'static Revision>,
}

/// The answers that saves touch.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// These places.
    pub places: BTreeSet<At>,
    /// The marks of every row of these tables.
    pub tables: BTreeSet<String>,
}

/// What one save did so far.
#[derive(Default)]
struct Batch {
    /// Version of each place before this save wrote there, and of the text that it typed there: later
    /// operations of the same save that have seen the one were typed over the other.
    own: BTreeMap<At, (u32, u32)>,
    changes: u32,
}

impl Desk {
    /// An empty desk for a dossier that follows this form; without a form nothing is editable.
    pub fn new(head: DossierHead, form: Option<&'static Revision>) -> Self {
        let (answers, outcomes, bases) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        let effects = Effects::default();
        Self { head, answers, outcomes, bases, reopened: None, effects, form }
    }

    /// What must be loaded before these operations are decided. Places that no form could have are
    /// left out: they are refused without a look.
    pub fn wanted(&self, operations: &[Operation]) -> Wanted {
        let mut wanted = Wanted::default();
        for operation in operations {
            match self.form.and_then(|form| slot(form, operation).ok()) {
                Some(Slot::Mark(table)) => {
                    wanted.tables.insert(table.id.to_string());
                }
                Some(Slot::Answer(_, table)) => {
                    wanted.places.insert(operation.at.clone());
                    wanted.places.extend(table.map(|t| At::in_row(&t.id, &operation.at.row)));
                }
                None => {}
            }
        }
        wanted
    }

    /// Decides one save. The desk is then as if it had been written.
    pub fn decide(&mut self, save: &Save) -> Decision {
        let Some(part) = self.head.part_of(&save.actor) else {
            return Decision::NotFound;
        };
        let known = |op: &Operation| self.outcomes.contains_key(&op.id);
        let fills = self.head.may(&save.actor, Right::Fill);
        let may_write = fills || save.operations.iter().all(known);
        let Some(form) = self.form.filter(|_| may_write) else {
            return Decision::NotEditable;
        };
        // Rows come first, so that their cells may stand anywhere in the save.
        let adds_row = |op: &Operation| says_here(op) && form.table(&op.at.field).is_some();
        let mut batch = Batch::default();
        let mut outcomes = BTreeMap::new();
        let (adds, others): (Vec<_>, Vec<_>) =
            save.operations.iter().enumerate().partition(|(_, operation)| adds_row(operation));
        for (place, operation) in adds.into_iter().chain(others) {
            outcomes.insert(place, self.settle((form, &part), operation, save, &mut batch));
        }
        if batch.changes > 0 {
            let what = EventKind::AnswersSaved { count: batch.changes };
            let event = journal::record(&mut self.head, &save.actor, save.at, what);
            self.effects.events.push(event);
        }
        Decision::Outcomes(outcomes.into_values().collect())
    }

    /// The outcome of one operation: the one it had before, or a new one to remember. What can never
    /// be applied is refused each time anew and leaves nothing behind.
    fn settle(
        &mut self,
        (form, part): (&Revision, &Part),
        operation: &Operation,
        save: &Save,
        batch: &mut Batch,
    ) -> Outcome {
        let outcome =
            |verdict| Outcome { id: operation.id.clone(), at: operation.at.clone(), verdict };
        if !is_ulid(&operation.id) {
            return outcome(Verdict::Refused(Refusal::BadOperation));
        }
        // What is in no step of theirs does not exist for a guest, nor what was said of it before.
        if !part.holds_question(form, &operation.at.field) {
            return outcome(Verdict::Refused(Refusal::UnknownField));
        }
        let slot = match slot(form, operation) {
            Ok(slot) => slot,
            Err(refusal) => return outcome(Verdict::Refused(refusal)),
        };
        let known = self.outcomes.get(&operation.id);
        if known.is_some_and(|known| !part.holds_question(form, &known.at.field)) {
            return outcome(Verdict::Refused(Refusal::BadOperation));
        }
        if let Some(outcome) = known {
            // What its device typed since has seen it, even where the answer to it was lost.
            if let Some(own) = own_version(outcome) {
                batch.typed(&operation.at, operation.seen.min(own), own);
            }
            return outcome.clone();
        }
        // Saying that a value is right changes nothing of what was deposited.
        let writes = matches!(operation.gesture, Gesture::Write(_));
        if writes && self.reopened.as_ref().is_some_and(|open| !open.holds(form, &operation.at)) {
            return outcome(Verdict::Refused(Refusal::NotReopened));
        }
        let verdict = if self.has_room(&slot, operation) {
            self.compare_and_set(&slot, operation, save, batch)
        } else {
            Verdict::Refused(Refusal::UnknownRow)
        };
        let outcome = outcome(verdict);
        self.outcomes.insert(operation.id.clone(), outcome.clone());
        self.effects.outcomes.push((outcome.clone(), save.at));
        outcome
    }

    /// Whether the row is there, or may still be added.
    fn has_room(&self, slot: &Slot, operation: &Operation) -> bool {
        let is_here = |at: &At| self.answers.get(at).is_some_and(|w| row::is_here(&w.answer.raw));
        match slot {
            Slot::Answer(_, None) => true,
            Slot::Answer(_, Some(table)) => is_here(&At::in_row(&table.id, &operation.at.row)),
            Slot::Mark(table) => {
                let adds = says_here(operation);
                let rows = self.answers.keys().filter(|at| at.field == table.id && is_here(at));
                !adds || is_here(&operation.at) || rows.count() < table.max_rows as usize
            }
        }
    }

    fn compare_and_set(
        &mut self,
        slot: &Slot,
        operation: &Operation,
        save: &Save,
        batch: &mut Batch,
    ) -> Verdict {
        let at = &operation.at;
        let current = self.answers.get(at);
        let stored = current.map(|written| written.answer.clone()).unwrap_or_default();
        let version = stored.version;
        let seen = batch.seen(operation);

        let (raw, provenance) = match &operation.gesture {
            Gesture::Write(raw) => {
                let judged = || stored.provenance.clone().map(|from| judged(from, raw, slot));
                (raw, save.given.get(at).cloned().or_else(judged))
            }
            Gesture::Confirm => (&stored.raw, stored.provenance.clone().map(confirmed)),
        };
        let is_same = *raw == stored.raw;
        // A mark is no text: of two people who move or remove one row, the last one is followed, and
        // the history has what the other did.
        let chooses = matches!(slot, Slot::Answer(..));
        if chooses && seen != version && (!is_same || operation.gesture == Gesture::Confirm) {
            if let Some((raw, merged)) = self.merged(slot, operation, seen) {
                return self.put_together(slot, at, (raw, merged), seen, (save, batch));
            }
            let by = current.map(|written| written.by_name.clone()).unwrap_or_default();
            return Verdict::Conflict { raw: stored.raw, version, by };
        }
        if is_same && provenance == stored.provenance {
            return Verdict::Saved { version };
        }
        // A version counts texts: saying that a text is right does not make another of it.
        let next = if is_same { version } else { version + 1 };
        self.put(at, Answer { raw: raw.clone(), version: next, provenance }, save);
        batch.typed(at, version, next);
        batch.changes += 1;
        Verdict::Saved { version: next }
    }

    /// Writes an answer over what stands, which goes into the history when its text was another.
    fn put(&mut self, at: &At, answer: Answer, save: &Save) {
        let next = answer.version;
        let (by, by_name) = (save.actor.account_id.clone(), save.actor.name.clone());
        let past = self.answers.insert(at.clone(), Written { answer, at: save.at, by, by_name });
        let past = past.filter(|past| past.answer.version != next);
        self.effects.past.extend(past.map(|past| (at.clone(), past)));
        self.effects.changed.insert(at.clone());
    }
}

/// Whether an operation says that a row is there.
fn says_here(operation: &Operation) -> bool {
    matches!(&operation.gesture, Gesture::Write(raw) if row::is_here(raw))
}

impl Batch {
    /// This save typed at a place, over what had this version, what now has that one.
    fn typed(&mut self, at: &At, before: u32, own: u32) {
        self.own.entry(at.clone()).or_insert((before, own)).1 = own;
    }

    /// The version that an operation was typed over.
    fn seen(&self, operation: &Operation) -> u32 {
        match self.own.get(&operation.at) {
            Some((before, own)) if (*before..=*own).contains(&operation.seen) => *own,
            _ => operation.seen,
        }
    }
}
