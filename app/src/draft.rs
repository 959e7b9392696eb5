//! The dossier being filled, as the browser holds it: answers, what is wrong with them, and what
//! waits to be sent. The server renders the same views from the same state, once.

pub mod changes;
pub mod file;
pub mod outbox;

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use dossier::{form::Form, operation::Operation, share::Part};
use form::{
    Answer, Answers, At, Gravity, Problem, Progress, Provenance, Revision, Section, paste::Paste,
    progress,
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{
    exchange::{Changed, Other},
    routes,
};

/// Another person's value, shown beside ours until somebody chooses.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conflict {
    /// What the other wrote.
    pub theirs: String,
    /// Its version on the server.
    pub version: u32,
    /// Who wrote it.
    pub by: String,
}

/// A block copied from a spreadsheet, shown before it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pasting {
    /// The table.
    pub table: String,
    /// The cell it was pasted in.
    pub from: At,
    /// What it becomes.
    pub paste: Paste,
}

/// What a step of the wizard opens with, beside the answers of the dossier; embedded in the page for
/// the browser.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Opening {
    /// Id of the dossier.
    pub dossier: String,
    /// Which form.
    pub form: String,
    /// Which revision of it.
    pub revision: u32,
    /// Step shown.
    pub section: String,
    /// What the dossier is called ("Demande annuelle 2027").
    pub title: String,
    /// The part of the dossier that the person fills.
    pub part: Part,
    /// The account, so that what waits on a shared device is never another person's.
    pub account: String,
    /// Where the pre-filled values of the step come from. The answers embedded beside say no more of
    /// it than whether it is confirmed: other steps show no more.
    pub provenances: BTreeMap<String, Provenance>,
    /// Last year's answers shown beside, displayed.
    pub last_year: BTreeMap<String, String>,
    /// What the State asks at this step, by place, in the order of the form.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub asked: Vec<(String, String)>,
    /// What stays as it was deposited, while the dossier is sent back: answers, rows by their marks,
    /// tables that take no other row.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub closed: BTreeSet<String>,
    /// Two values at one place.
    pub conflicts: BTreeMap<String, Conflict>,
    /// Whether missing answers are shown as problems.
    pub show_problems: bool,
    /// When something was last kept, as people read it ("10 h 42").
    pub saved_at: String,
    /// Length of the journal when the answers were read.
    pub seq: u32,
    /// The moment of the last change, for the server to find later ones.
    pub since: i64,
}

/// What the rules say of the present answers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Checked {
    /// Every problem of a deposit, in the order of the form.
    pub problems: Vec<Problem>,
    /// What is left, by step.
    pub steps: Vec<(String, Progress)>,
}

impl Checked {
    /// What is left in a step.
    pub fn of(&self, section: &str) -> Progress {
        self.steps.iter().find(|(id, _)| id == section).map(|(_, p)| *p).unwrap_or_default()
    }

    /// What the rules say of a part of the form.
    #[must_use]
    pub fn within(mut self, form: &Revision, part: &Part) -> Self {
        self.problems.retain(|problem| part.holds_question(form, &problem.at.field));
        self.steps.retain(|(section, _)| part.holds(section));
        self
    }

    /// What is left in the dossier.
    pub fn total(&self) -> Progress {
        self.steps.iter().fold(Progress::default(), |sum, (_, p)| sum + *p)
    }
}

/// Runs the rules of a form.
pub fn checked(form: &Form, answers: &Answers) -> Checked {
    let problems = form.check(answers);
    let steps = progress(form.revision, answers, &problems)
        .into_iter()
        .map(|(section, progress)| (section.id.to_string(), progress))
        .collect();
    Checked { problems, steps }
}

/// Minutes that what is left should take.
pub fn minutes(left: Progress) -> u32 {
    left.seconds().div_ceil(60)
}

/// The state behind the wizard. A handle: copies are the same draft.
#[derive(Clone, Copy)]
pub struct Draft {
    /// The form and its rules.
    pub form: Form,
    /// The answers as they stand here; shared, so that a page served copies none. What shows one of
    /// them reads it by [`Draft::answer`], and is told of that one only.
    pub answers: RwSignal<Arc<Answers>>,
    /// Tells of one answer. In the order of the places: another tree would weigh more than it saves.
    touched: StoredValue<Vec<(At, ArcTrigger)>>,
    /// What the rules say of them.
    pub checked: Signal<Checked>,
    /// Answers the person has left: their problems may be shown.
    pub left: RwSignal<BTreeSet<At>>,
    /// Whether missing answers are shown as problems.
    pub show_missing: RwSignal<bool>,
    /// Two values at one place.
    pub conflicts: RwSignal<BTreeMap<String, Conflict>>,
    /// What the line of state says.
    pub status: RwSignal<outbox::Status>,
    /// Whether this device keeps what waits.
    pub keeps: RwSignal<bool>,
    /// When something was last kept.
    pub saved_at: RwSignal<String>,
    /// One's own last changes.
    pub changes: RwSignal<changes::Changes>,
    /// A copied block that waits for a look.
    pub pasting: RwSignal<Option<Pasting>>,
    /// Who else is in the dossier.
    pub others: RwSignal<Vec<Other>>,
    /// What others changed at this step, as it was brought last.
    pub brought: RwSignal<Vec<Changed>>,
    /// What waits for the person: refused, or written over by somebody else and not on the screen.
    pub parked: RwSignal<Vec<Operation>>,
    /// What does not change while the page is open.
    pub opening: StoredValue<Opening>,
}

impl Draft {
    /// Opens a draft of this form. `known` is what the rules say of these answers where that was
    /// found out before and nobody will change them: on the server.
    pub fn open(
        form: Form,
        opening: Opening,
        answers: Arc<Answers>,
        known: Option<Checked>,
    ) -> Self {
        let answers = RwSignal::new(answers);
        let checked = if let Some(known) = known {
            Signal::stored(known)
        } else {
            let part = opening.part.clone();
            let check =
                move |answers: &Arc<Answers>| checked(&form, answers).within(form.revision, &part);
            Memo::new(move |_| answers.with(&check)).into()
        };
        Self {
            form,
            answers,
            touched: StoredValue::default(),
            checked,
            left: RwSignal::new(BTreeSet::new()),
            show_missing: RwSignal::new(opening.show_problems),
            conflicts: RwSignal::new(opening.conflicts.clone()),
            status: RwSignal::new(outbox::Status::Saved),
            keeps: RwSignal::new(true),
            saved_at: RwSignal::new(opening.saved_at.clone()),
            changes: RwSignal::new(changes::Changes::default()),
            pasting: RwSignal::new(None),
            others: RwSignal::new(Vec::new()),
            brought: RwSignal::new(Vec::new()),
            parked: RwSignal::new(Vec::new()),
            opening: StoredValue::new(opening),
        }
    }

    /// One answer, and every change of it: of three hundred on a page, one key tells one.
    pub fn answer<T>(&self, at: &At, read: impl FnOnce(Option<&Answer>) -> T) -> T {
        // A page that is sent is rendered once.
        if cfg!(feature = "hydrate") {
            self.watch(at);
        }
        self.answers.with_untracked(|answers| read(answers.at(at)))
    }

    /// Changes answers, and tells what shows them. Whoever changed what rules read tells the rules in
    /// time, by notifying `answers`.
    pub fn amend(&self, places: &[&At], change: impl FnOnce(&mut Answers)) {
        self.answers.update_untracked(|shared| change(Arc::make_mut(shared)));
        self.touched.with_value(|touched| {
            for at in places {
                if let Ok(here) = touched.binary_search_by(|(other, _)| other.cmp(at)) {
                    touched[here].1.notify();
                }
            }
        });
    }

    fn watch(&self, at: &At) {
        let trigger = self.touched.try_update_value(|touched| {
            let here = touched.binary_search_by(|(other, _)| other.cmp(at));
            let here = here.unwrap_or_else(|here| {
                touched.insert(here, (at.clone(), ArcTrigger::new()));
                here
            });
            touched[here].1.clone()
        });
        trigger.iter().for_each(Track::track);
    }

    /// The form's tree.
    pub fn revision(&self) -> &'static Revision {
        self.form.revision
    }

    /// The step shown.
    pub fn section(&self) -> Option<&'static Section> {
        self.opening.with_value(|opening| self.form.revision.section(&opening.section))
    }

    /// The steps of this dossier that the person fills, in order.
    pub fn sections(&self) -> Vec<&'static Section> {
        let here = |answers: &Answers, part: &Part| {
            let all = self.form.revision.sections.iter().map(AsRef::as_ref);
            all.filter(|s: &&Section| part.holds(&s.id) && s.visible.holds(answers, "")).collect()
        };
        self.answers.with_untracked(|answers| {
            self.opening.with_value(|opening| here(answers, &opening.part))
        })
    }

    /// Whether somebody gave these steps to the person, who is no member of the structure.
    pub fn is_guest(&self) -> bool {
        self.opening.with_value(|opening| opening.part != Part::Whole)
    }

    /// Whether what stands here stays as it was deposited.
    pub fn is_closed(&self, at: &str) -> bool {
        self.opening.with_value(|opening| opening.closed.contains(at))
    }

    /// Where one goes after the last step: to the recap; a guest to what was given.
    pub fn after_all(&self) -> String {
        let dossier = self.opening.with_value(|opening| opening.dossier.clone());
        if self.is_guest() { routes::dossier(&dossier) } else { routes::recap(&dossier) }
    }

    /// The problem to show at a place now: a mistake once the person has left the answer, a missing
    /// answer only when asked for.
    pub fn problem(&self, at: &At) -> Option<Problem> {
        let missing_too = self.show_missing.get();
        let left = self.left.with(|left| left.contains(at));
        if !missing_too && !left {
            return None;
        }
        self.checked.with(|checked| {
            checked
                .problems
                .iter()
                .find(|problem| problem.at == *at && (missing_too || !problem.is_missing()))
                .cloned()
        })
    }

    /// Problems of the step that stop the deposit and are shown.
    pub fn problems_of_step(&self) -> Vec<Problem> {
        let Some(section) = self.section() else { return Vec::new() };
        self.checked.with(|checked| {
            checked
                .problems
                .iter()
                .filter(|p| p.gravity == Gravity::Blocking)
                .filter(|p| self.revision().section_of(&p.at.field) == Some(section))
                .cloned()
                .collect()
        })
    }
}

/// The name of an answer for people: its question, and the line or the row it stands in.
pub fn name_of(form: &Revision, answers: &Answers, at: &At) -> String {
    let Some(place) = form.place(&at.field) else {
        return form.table(&at.field).map(|table| table.row_name.to_string()).unwrap_or_default();
    };
    let label = &place.field.label;
    let Some(table) = place.table else { return label.to_string() };
    match answers.name_of_row(table, &at.row) {
        Some(line) if table.is_grid() => format!("{line}, {label}"),
        Some(row) => format!("{label} ({row})"),
        // Its row was removed meanwhile.
        None => format!("{label} ({})", table.row_name),
    }
}
