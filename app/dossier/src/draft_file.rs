//! A draft in a file that the person keeps: what the dossier held, and what their device had not sent.
//! Opened again it is merged, as if the device that it was saved on came back: each text is an
//! operation on the version it was typed over, and whoever takes operations decides as ever.

use std::collections::{BTreeMap, BTreeSet};

use form::{Answers, At, Revision, row};
use serde::{Deserialize, Serialize};

use crate::operation::{Gesture, Operation};

/// What tells such a file from any other; another layout would have another name.
pub const KIND: &str = "trame-brouillon-1";
/// Longest file that is read, in bytes: several times the longest dossier.
pub const LONGEST: usize = 4 * 1024 * 1024;

/// The file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftFile {
    /// [`KIND`].
    pub kind: String,
    /// Id of the dossier.
    pub dossier: String,
    /// Which form.
    pub form: String,
    /// Which revision of it.
    pub revision: u32,
    /// What the dossier is called, for whoever opens the file with something else.
    pub title: String,
    /// Whose it is, for the same.
    pub structure: String,
    /// The answers that the server had, with their versions.
    pub answers: Answers,
    /// What the device had not sent, oldest first.
    #[serde(default)]
    pub unsent: Vec<Operation>,
}

/// Why a file is not of a dossier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Foreign {
    /// It is no draft, or a damaged one.
    Unreadable,
    /// Of another dossier.
    OtherDossier,
    /// Of another form, or of another revision of it.
    OtherForm,
}

/// What a file brings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Merge {
    /// What to do, in order: written over the versions that their person had seen.
    pub operations: Vec<Operation>,
    /// Places that hold the text of the file from now on.
    pub added: BTreeSet<At>,
    /// Places where somebody wrote something else since: the person chooses.
    pub differ: BTreeSet<At>,
    /// Texts that answer no question of the form.
    pub unknown: Vec<(At, String)>,
}

impl DraftFile {
    /// Whether it is of this dossier.
    ///
    /// # Errors
    /// When it is not, and why.
    pub fn check(&self, dossier: &str, form: &Revision) -> Result<(), Foreign> {
        if self.kind != KIND {
            Err(Foreign::Unreadable)
        } else if self.form != form.form || self.revision != form.number {
            Err(Foreign::OtherForm)
        } else if self.dossier != dossier {
            Err(Foreign::OtherDossier)
        } else {
            Ok(())
        }
    }

    /// What the file brings to a dossier that holds these answers. Never takes a text away: what the
    /// dossier holds stands, unless the file's person had seen it and typed over it. Row by row,
    /// tables hold the rows of both.
    pub fn merge(
        self,
        form: &Revision,
        here: &Answers,
        mut new_id: impl FnMut() -> String,
    ) -> Merge {
        let Self { answers, unsent, .. } = self;
        let mut typed: BTreeMap<At, Vec<Operation>> = BTreeMap::new();
        for operation in unsent {
            typed.entry(operation.at.clone()).or_default().push(operation);
        }
        let places: BTreeSet<At> =
            answers.iter().map(|(at, _)| at).chain(typed.keys().cloned()).collect();
        let gone = gone(form, &answers, &typed);
        let mut merge = Merge::default();
        for at in places {
            let typed = typed.remove(&at).unwrap_or_default();
            let kept = answers.at(&at).filter(|answer| !answer.raw.is_empty());
            let last = typed.iter().rev().find_map(text);
            let Some(raw) = last.or(kept.map(|answer| answer.raw.as_str())) else {
                // Only said to be right.
                merge.operations.extend(typed);
                continue;
            };
            let place = form.place(&at.field);
            let table = form.table(&at.field).is_some();
            if place.is_none() && !table {
                merge.unknown.push((at, raw.to_owned()));
                continue;
            }
            if place.is_some_and(|place| place.field.fixed) || gone.contains(&at) {
                continue;
            }
            let (stands, version) =
                here.at(&at).map_or(("", 0), |answer| (&answer.raw, answer.version));
            let based = |seen: u32| seen == version || stands.is_empty();
            let moved_on = match last {
                Some(_) => !typed.iter().any(|operation| based(operation.seen)),
                None => !based(kept.map_or(0, |answer| answer.version)),
            };
            let same = match place {
                Some(place) => place.field.kind.same(raw, stands),
                // Where a row stands is nothing to choose between.
                None => raw == stands || (moved_on && row::is_here(raw) && row::is_here(stands)),
            };
            // What was cleared there is no text to bring back over another.
            if same || (moved_on && raw.is_empty()) {
                continue;
            }
            if moved_on { &mut merge.differ } else { &mut merge.added }.insert(at.clone());
            // A choice is one only over the version that the file's person had seen.
            let over = |seen| if moved_on { seen } else { version };
            if last.is_some() {
                // One after the other, as their device would: some may have arrived.
                let again = typed.into_iter().map(|op| Operation { seen: over(op.seen), ..op });
                merge.operations.extend(again);
            } else {
                let seen = over(kept.map_or(0, |answer| answer.version));
                let gesture = Gesture::Write(raw.to_owned());
                merge.operations.push(Operation { id: new_id(), at, gesture, seen });
            }
        }
        merge
    }
}

fn text(operation: &Operation) -> Option<&str> {
    match &operation.gesture {
        Gesture::Write(raw) => Some(raw),
        Gesture::Confirm => None,
    }
}

/// The cells of rows that the file holds no more: their person removed them.
fn gone(form: &Revision, answers: &Answers, typed: &BTreeMap<At, Vec<Operation>>) -> BTreeSet<At> {
    let cells = answers.iter().map(|(at, _)| at).chain(typed.keys().cloned());
    cells
        .filter(|at| {
            let table = form.place(&at.field).and_then(|place| place.table);
            table.filter(|table| !table.is_grid()).is_some_and(|table| {
                let mark = At::in_row(&table.id, &at.row);
                let last = typed.get(&mark).and_then(|all| all.iter().rev().find_map(text));
                !row::is_here(last.unwrap_or(answers.raw(&mark.field, &mark.row)))
            })
        })
        .collect()
}

#[cfg(test)]
mod tests;
