//! Following a form from one revision to another: where each answer goes, what is new, and what no
//! question asks any more. Nothing is dropped.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
};

use crate::{Answers, At, Code, FieldDef, Revision, row};

/// What became of a question between two revisions. A question that is in both needs none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Move {
    /// It has another id. Of a table: its rows follow.
    Renamed {
        /// The id before.
        from: &'static str,
        /// The id after.
        to: &'static str,
    },
    /// Some of its values have other codes: before and after.
    Recoded {
        /// The question.
        field: &'static str,
        /// Codes before and after.
        values: Cow<'static, [(&'static str, &'static str)]>,
    },
    /// It is not asked any more, and its id is never given to another.
    Retired {
        /// The id.
        field: &'static str,
    },
}

impl Move {
    /// The way back.
    fn back(&self) -> Self {
        match self {
            Self::Renamed { from, to } => Self::Renamed { from: to, to: from },
            Self::Recoded { field, values } => {
                let values = values.iter().map(|&(before, after)| (after, before)).collect();
                Self::Recoded { field, values }
            }
            Self::Retired { .. } => self.clone(),
        }
    }
}

/// The way back: the same moves, last first.
pub fn back(moves: &[Move]) -> Vec<Move> {
    moves.iter().rev().map(Move::back).collect()
}

/// What following another revision does to the answers of a dossier.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// Texts to write; an empty one where a text left for its new place.
    pub writes: BTreeMap<At, String>,
    /// Questions put that the revision before did not ask, in the order of the form.
    pub added: Vec<String>,
    /// Questions put in both whose words changed.
    pub reworded: Vec<String>,
    /// Texts that no question asks any more, kept as they are.
    pub aside: Vec<(At, String)>,
    /// Texts that fit the question before and no longer do.
    pub unfit: Vec<(At, Code)>,
}

/// What going from one revision to another does to these answers, given what became of the questions.
pub fn plan(from: &Revision, to: &Revision, moves: &[Move], answers: &Answers) -> Plan {
    let mut plan = Plan { writes: moved(moves, answers), ..Plan::default() };
    let mut after = answers.clone();
    for (at, raw) in &plan.writes {
        after.set(at.clone(), raw.clone());
    }
    for at in after.relevant(to) {
        let Some(new) = to.place(&at.field).map(|place| place.field) else { continue };
        let Some(old) = from.place(before(moves, &at.field)).map(|place| place.field) else {
            push_once(&mut plan.added, &at.field);
            continue;
        };
        if (&old.label, &old.hint) != (&new.label, &new.hint) {
            push_once(&mut plan.reworded, &at.field);
        }
        plan.unfit.extend(unfit(old, new, after.raw(&at.field, &at.row)).map(|code| (at, code)));
    }
    plan.aside = aside(to, &after);
    plan
}

/// A text that counted and no longer does as it stands, once the dossier follows another revision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loss {
    /// Where it stood.
    pub at: At,
    /// What no longer fits; `None` where the question is not put any more.
    pub unfit: Option<Code>,
}

/// What going from one revision to another loses of these answers, given the plan of it: nothing is
/// dropped by it, but these texts would not be deposited as they stand.
pub fn losses(
    from: &Revision,
    to: &Revision,
    moves: &[Move],
    answers: &Answers,
    plan: &Plan,
) -> Vec<Loss> {
    let mut after = answers.clone();
    for (at, raw) in &plan.writes {
        after.set(at.clone(), raw.clone());
    }
    let put: BTreeSet<At> = after.relevant(to).into_iter().collect();
    let unfit: BTreeMap<&At, Code> = plan.unfit.iter().map(|(at, code)| (at, *code)).collect();
    let mut losses = Vec::new();
    for at in answers.relevant(from) {
        // The mark of a row is no text of a person.
        if from.place(&at.field).is_none() || answers.raw(&at.field, &at.row).trim().is_empty() {
            continue;
        }
        let now = At::in_row(self::after(moves, &at.field), &at.row);
        let kept = put.contains(&now) && !after.raw(&now.field, &now.row).trim().is_empty();
        match unfit.get(&now) {
            _ if !kept => losses.push(Loss { at, unfit: None }),
            Some(code) => losses.push(Loss { at, unfit: Some(*code) }),
            None => {}
        }
    }
    losses
}

/// The required questions that are put and have no answer after these writes, and were not put before.
pub fn gained(from: &Revision, to: &Revision, moves: &[Move], answers: &Answers) -> Vec<String> {
    let mut after = answers.clone();
    for (at, raw) in moved(moves, answers) {
        after.set(at, raw);
    }
    let mut gained = Vec::new();
    let put: BTreeSet<At> = answers.relevant(from).into_iter().collect();
    for at in after.relevant(to) {
        let Some(place) = to.place(&at.field) else { continue };
        let was = At::in_row(before(moves, &at.field), &at.row);
        let is_empty = after.raw(&at.field, &at.row).trim().is_empty();
        if is_empty && !put.contains(&was) && place.field.required.holds(&after, &at.row) {
            push_once(&mut gained, &at.field);
        }
    }
    gained
}

/// The answers that no question of a form asks, with a text: kept, shown apart, never deposited.
pub fn aside(form: &Revision, answers: &Answers) -> Vec<(At, String)> {
    let unknown = |at: &At| form.place(&at.field).is_none() && form.table(&at.field).is_none();
    // The mark of a row is no text of a person: its table is named by the questions of the row.
    let is_mark = |at: &At, raw: &str| {
        let column = format!("{}.", at.field);
        row::is_here(raw) && answers.iter().any(|(other, _)| other.field.starts_with(&column))
    };
    let texts = answers.iter().filter(|(at, answer)| {
        !answer.raw.trim().is_empty() && unknown(at) && !is_mark(at, &answer.raw)
    });
    texts.map(|(at, answer)| (at, answer.raw.clone())).collect()
}

/// What the moves write, one after the other. A text whose new place is taken stays where it is.
fn moved(moves: &[Move], answers: &Answers) -> BTreeMap<At, String> {
    let mut writes: BTreeMap<At, String> = BTreeMap::new();
    for one in moves {
        match one {
            Move::Renamed { from, to } => {
                let taken = texts(answers, &writes, to);
                for (row, raw) in texts(answers, &writes, from) {
                    if !taken.contains_key(&row) {
                        writes.insert(At::in_row(from, &row), String::new());
                        writes.insert(At::in_row(to, &row), raw);
                    }
                }
            }
            Move::Recoded { field, values } => {
                for (row, raw) in texts(answers, &writes, field) {
                    let codes: Vec<&str> = raw.split(',').map(str::trim).collect();
                    let new: Vec<&str> = codes.iter().map(|code| recoded(code, values)).collect();
                    if new != codes {
                        writes.insert(At::in_row(field, &row), new.join(","));
                    }
                }
            }
            Move::Retired { .. } => {}
        }
    }
    writes
}

fn recoded<'a>(code: &'a str, values: &[(&'static str, &'static str)]) -> &'a str {
    values.iter().find(|(before, _)| *before == code).map_or(code, |(_, after)| after)
}

/// The texts of a question, by row, as they stand after these writes.
fn texts(
    answers: &Answers,
    writes: &BTreeMap<At, String>,
    field: &str,
) -> BTreeMap<String, String> {
    let here = answers.iter().filter(|(at, _)| at.field == field);
    let mut texts: BTreeMap<String, String> =
        here.map(|(at, answer)| (at.row, answer.raw.clone())).collect();
    let written = writes.iter().filter(|(at, _)| at.field == field);
    texts.extend(written.map(|(at, raw)| (at.row.clone(), raw.clone())));
    texts.retain(|_, raw| !raw.is_empty());
    texts
}

/// The id that a question had before these moves.
pub fn before<'a>(moves: &[Move], field: &'a str) -> &'a str {
    moves.iter().rev().fold(field, |id, one| match one {
        Move::Renamed { from, to } if *to == id => from,
        _ => id,
    })
}

/// The id that a question has after these moves.
pub fn after<'a>(moves: &'a [Move], field: &'a str) -> &'a str {
    moves.iter().fold(field, |id, one| match one {
        Move::Renamed { from, to } if *from == id => to,
        _ => id,
    })
}

fn unfit(old: &FieldDef, new: &FieldDef, raw: &str) -> Option<Code> {
    if raw.trim().is_empty() || old.kind == new.kind || old.kind.read(raw).is_err() {
        return None;
    }
    new.kind.read(raw).err()
}

fn push_once(list: &mut Vec<String>, id: &str) {
    if !list.iter().any(|one| one == id) {
        list.push(id.to_owned());
    }
}

#[cfg(test)]
mod tests;
