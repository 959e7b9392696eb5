//! The server: loads what a save touches, lets the desk decide, writes its effects whole or not at
//! all. Checks each decision against what stood before.

use std::collections::{BTreeMap, HashMap};

use app::draft::outbox::Failure;
use dossier::{
    event::Event,
    operation::{Gesture, Operation, Outcome, Refusal, Verdict},
    state::State,
};
use form::At;
use service::{
    Actor, DossierHead, Millis, journal,
    saving::{Decision, Desk, Save, Written},
    testing::draft,
};

use super::{ledger::Ledger, parts};

/// What the store keeps of the dossier.
pub struct Server {
    /// Its head.
    pub head: DossierHead,
    /// Its answers.
    pub answers: BTreeMap<At, Written>,
    /// Texts that were written over.
    pub past: Vec<(At, Written)>,
    /// How often two texts were put together.
    pub merged: usize,
    outcomes: HashMap<String, Outcome>,
    journal: Vec<Event>,
    /// What was said of each operation the first time, remembered apart.
    said: HashMap<String, Outcome>,
}

impl Server {
    /// The dossier as it was opened.
    pub fn new() -> Self {
        Self {
            head: draft(),
            answers: BTreeMap::from(parts::before()),
            past: Vec::new(),
            merged: 0,
            outcomes: HashMap::new(),
            journal: Vec::new(),
            said: HashMap::new(),
        }
    }

    /// Deposits the dossier, or opens it again.
    pub fn set_open(&mut self, open: bool) {
        self.head.state = if open { State::Incomplete } else { State::Submitted };
    }

    /// Decides and writes a save. The error is a broken promise.
    pub fn save(
        &mut self,
        actor: &Actor,
        now: u64,
        operations: &[Operation],
        ledger: &mut Ledger,
    ) -> Result<Result<Vec<Outcome>, Failure>, String> {
        let mut desk = self.desk(operations);
        let at = Millis(i64::try_from(now).unwrap_or(0));
        let (dossier, actor) = (self.head.id.clone(), actor.clone());
        let save =
            Save { dossier, actor, at, operations: operations.to_vec(), given: BTreeMap::new() };
        let outcomes = match desk.decide(&save) {
            Decision::Outcomes(outcomes) => outcomes,
            Decision::NotFound | Decision::NotEditable => return Ok(Err(Failure::Closed)),
        };
        self.check(&desk, operations, ledger)?;
        let put_together =
            |(said, _): &&(Outcome, _)| matches!(said.verdict, Verdict::Merged { .. });
        self.merged += desk.effects.outcomes.iter().filter(put_together).count();
        self.write(desk);
        // What no form takes is refused each time anew. A page that went away before its device kept
        // a text leaves the one before under the same id: one of them may be so, and not the other.
        let anew = |outcome: &&Outcome| outcome.verdict == Verdict::Refused(Refusal::TooLong);
        for outcome in outcomes.iter().filter(|outcome| !anew(outcome)) {
            let first = self.said.entry(outcome.id.clone()).or_insert_with(|| outcome.clone());
            if first != outcome {
                return Err(format!("two outcomes: {first:?}, then {outcome:?}"));
            }
        }
        Ok(Ok(outcomes))
    }

    /// Whether nothing was taken from the journal.
    pub fn check_journal(&self) -> Result<(), String> {
        let counts = self.head.journal_seq as usize == self.journal.len();
        if counts && journal::is_whole(&self.journal) {
            return Ok(());
        }
        Err("the journal is not whole".to_owned())
    }

    /// Whether a text stands at a place or stood there.
    pub fn has(&self, at: &At, text: &str) -> bool {
        self.answers.get(at).map_or("", |written| &written.answer.raw) == text
            || self.past.iter().any(|(place, past)| place == at && past.answer.raw == text)
    }

    /// A desk with what both stores load, and no more.
    fn desk(&self, operations: &[Operation]) -> Desk {
        let mut desk = Desk::new(self.head.clone(), Some(parts::form()));
        let wanted = desk.wanted(operations);
        for (at, written) in &self.answers {
            if wanted.places.contains(at) || wanted.tables.contains(&at.field) {
                desk.answers.insert(at.clone(), written.clone());
            }
        }
        for operation in operations {
            if let Some(outcome) = self.outcomes.get(&operation.id) {
                desk.outcomes.insert(operation.id.clone(), outcome.clone());
            }
        }
        for (at, version) in desk.bases(operations) {
            let base =
                |(place, past): &&(At, Written)| *place == at && past.answer.version == version;
            if let Some((_, past)) = self.past.iter().find(base) {
                desk.bases.insert((at, version), past.answer.raw.clone());
            }
        }
        desk
    }

    fn write(&mut self, desk: Desk) {
        let Desk { head, mut answers, effects, .. } = desk;
        for (outcome, _) in effects.outcomes {
            self.outcomes.insert(outcome.id.clone(), outcome);
        }
        self.past.extend(effects.past);
        // As the stores do: no event, no change.
        if !effects.events.is_empty() {
            for at in effects.changed {
                if let Some(written) = answers.remove(&at) {
                    self.answers.insert(at, written);
                }
            }
            self.journal.extend(effects.events);
            self.head = head;
        }
    }

    /// Plays the fresh outcomes one after the other over what stood before.
    fn check(
        &self,
        desk: &Desk,
        operations: &[Operation],
        ledger: &mut Ledger,
    ) -> Result<(), String> {
        let mut standing: HashMap<&At, (String, u32)> = HashMap::new();
        for (outcome, _) in &desk.effects.outcomes {
            let id = &outcome.id;
            let operation = operations.iter().find(|operation| operation.id == *id);
            let operation = operation.ok_or_else(|| format!("an outcome for nothing: {id}"))?;
            if self.outcomes.contains_key(id) {
                return Err(format!("{id} was decided twice"));
            }
            let stood = standing.entry(&operation.at).or_insert_with(|| {
                let answer = self.answers.get(&operation.at).map(|written| &written.answer);
                answer.map_or((String::new(), 0), |answer| (answer.raw.clone(), answer.version))
            });
            let Gesture::Write(raw) = &operation.gesture else { continue };
            let (raw, version, texts) = match &outcome.verdict {
                Verdict::Saved { version } => (raw, *version, 1),
                Verdict::Merged { raw, version, .. } => (raw, *version, 2),
                other => {
                    ledger.decided(operation, matches!(other, Verdict::Conflict { .. }))?;
                    continue;
                }
            };
            // What holds nothing new is written only to be in the history.
            let untouched = *raw == stood.0 && (texts == 1 || version == stood.1);
            let next = if untouched { stood.1 } else { stood.1 + texts };
            if version != next {
                let (at, before) = (&operation.at, stood.1);
                return Err(format!("{at}: version {before} became {version}, not {next}"));
            }
            ledger.written(operation, (&stood.0, stood.1), (raw, version))?;
            *stood = (raw.clone(), version);
        }
        for (at, (raw, version)) in standing {
            let now = desk.answers.get(at).map(|written| &written.answer);
            let now = now.map_or(("", 0), |answer| (answer.raw.as_str(), answer.version));
            if now != (raw.as_str(), version) {
                return Err(format!("{at} holds {now:?}, not {raw:?} {version}"));
            }
        }
        Ok(())
    }
}
