//! Fills a form as a structure would: what matters is said question by question, the rest by kind
//! of answer, until nothing is missing.

mod activity;
mod budget;
mod generic;
mod identity;
mod means;
mod people;
mod project;
mod report;
mod sheet;

use dossier::form::rules_of;
use form::{Answers, At, Body, Cond, Moment, ROW_HERE, Revision, check};

pub use sheet::Sheet;

use crate::profile::{Profile, Request};

/// Turns before giving up: answers make other questions appear, which make others appear.
const MOST_TURNS: usize = 12;

/// What the structure knows: answers to more questions than one form puts.
pub fn facts(form: &str, profile: &Profile, request: &Request) -> Answers {
    let mut sheet = Sheet::new(profile, *request);
    identity::request(&mut sheet);
    if form == "bilan" {
        report::fill(&mut sheet);
    } else {
        identity::fill(&mut sheet);
        activity::fill(&mut sheet);
        people::fill(&mut sheet);
        project::fill(&mut sheet);
        means::fill(&mut sheet);
        budget::fill(&mut sheet);
    }
    sheet.into_answers()
}

/// A whole form, filled.
pub fn filled(form: &Revision, profile: &Profile, request: &Request) -> Answers {
    let mut answers = Answers::default();
    complete(form, &mut answers, profile, request);
    relevant(form, &answers)
}

/// Answers what is still empty and touches nothing else. Afterwards a deposit is only stopped by
/// what was wrong before.
pub fn complete(form: &Revision, answers: &mut Answers, profile: &Profile, request: &Request) {
    let facts = facts(&form.form, profile, request);
    let rules = rules_of(&form.form, form.number).unwrap_or_default();
    for _ in 0..MOST_TURNS {
        let put = turn(form, answers, &facts, profile, request);
        if put {
            continue;
        }
        let missing: Vec<At> = check(form, answers, rules, Moment::Deposit)
            .into_iter()
            .filter(form::Problem::is_missing)
            .map(|problem| problem.at)
            .collect();
        if missing.is_empty() {
            return;
        }
        for at in missing {
            if let Some(place) = form.place(&at.field) {
                let known = facts.raw(&at.field, &at.row);
                let raw = match known {
                    "" => generic::answer(place.field, profile, request),
                    known => known.to_owned(),
                };
                answers.set(at, raw);
            }
        }
    }
}

/// Answers every question that is put and empty; says whether there was one.
fn turn(
    form: &Revision,
    answers: &mut Answers,
    facts: &Answers,
    profile: &Profile,
    request: &Request,
) -> bool {
    let mut any = false;
    for section in &form.sections {
        for group in section.groups.iter() {
            // Asked anew each time: the answers just given may have opened it.
            if !section.visible.holds(answers, "") || !group.visible.holds(answers, "") {
                continue;
            }
            let rows: Vec<String> = match &group.body {
                Body::Fields(_) => vec![String::new()],
                Body::Table(table) => {
                    if !table.is_grid() && answers.added_rows(&table.id).is_empty() {
                        for row in rows_to_add(&table.id, table.min_rows, facts, profile) {
                            answers.set(At::in_row(&table.id, &row), ROW_HERE.to_owned());
                            any = true;
                        }
                    }
                    answers.rows(table).into_iter().map(str::to_owned).collect()
                }
            };
            for row in &rows {
                for field in group.fields() {
                    let empty = answers.raw(&field.id, row).trim().is_empty();
                    if !empty || !field.is_put(answers, row) {
                        continue;
                    }
                    let raw = match facts.raw(&field.id, row) {
                        "" if field.required == Cond::Never => continue,
                        "" if !field.required.holds(answers, row) => continue,
                        "" => generic::answer(field, profile, request),
                        known => known.to_owned(),
                    };
                    answers.set(At::in_row(&field.id, row), raw);
                    any = true;
                }
            }
        }
    }
    any
}

fn rows_to_add(table: &str, least: u32, facts: &Answers, profile: &Profile) -> Vec<String> {
    let known: Vec<String> = facts.added_rows(table).into_iter().map(str::to_owned).collect();
    if known.is_empty() {
        (0..least).map(|i| sheet::row_id(profile, table, i)).collect()
    } else {
        known
    }
}

/// Only what the form puts.
fn relevant(form: &Revision, answers: &Answers) -> Answers {
    let mut kept = Answers::default();
    for at in answers.relevant(form) {
        if let Some(answer) = answers.at(&at) {
            kept.put(at, answer.clone());
        }
    }
    kept
}
