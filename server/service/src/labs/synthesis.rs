//! What came out of a session, question by question: a pure reading of what was said.

use std::collections::{BTreeMap, BTreeSet};

use dossier::{
    lab::{RemarkKind, mean, median, sus},
    note::name,
};
use form::{Answers, At, Revision};

use super::{Advice, Heard, Lab, LabError, Remark, leading};
use crate::{
    Actor, Services,
    coverage::{self, Coverage},
    forms,
};
use dossier::id::LabId;

/// Figures of real use are shown from so many dossiers on: fewer could be recognised.
pub const LEAST: u32 = 5;

/// What was said of one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// See [`super::Pin::place`].
    pub place: String,
    /// What people call it.
    pub called: String,
    /// The step it stands in, when it stands in one.
    pub step: String,
    /// How often each kind was said.
    pub kinds: BTreeMap<RemarkKind, u32>,
    /// The remarks, those with the most votes first.
    pub remarks: Vec<Remark>,
    /// What becomes of it.
    pub advice: Option<Advice>,
    /// The same question in real use; `None` for a page, or below [`LEAST`] dossiers.
    pub real: Option<Real>,
}

impl Question {
    /// All the votes.
    pub fn votes(&self) -> usize {
        self.remarks.iter().map(|remark| remark.votes.len()).sum()
    }
}

/// A question in real use, in dossiers; a count below [`LEAST`] is not said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Real {
    /// In which it has an answer.
    pub answered: u32,
    /// In which what a source gave was kept.
    pub kept: Option<u32>,
    /// In which it was corrected.
    pub corrected: Option<u32>,
    /// In which it was typed.
    pub typed: Option<u32>,
}

/// What came out of a session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Synthesis {
    /// The session.
    pub lab: Lab,
    /// What was said, place by place, in the order of the form.
    pub questions: Vec<Question>,
    /// Participants by side: structures, agents.
    pub seats: (u32, u32),
    /// Mean score, in tenths of a point, and how many answered.
    pub sus: (Option<u32>, u32),
    /// Of those who answered, how many would use the tool, and how many would save time.
    pub would_use: u32,
    /// See above.
    pub saves_time: u32,
    /// Median of the minutes said, and how many said them.
    pub minutes: (Option<u32>, u32),
    /// What was added in words.
    pub words: Vec<String>,
    /// For each task, how many say it is done.
    pub done: Vec<(String, u32)>,
}

impl Synthesis {
    /// Participants in all.
    pub fn participants(&self) -> u32 {
        self.seats.0 + self.seats.1
    }
}

/// The synthesis, for who leads or steers.
///
/// # Errors
/// For anybody else, or when the store cannot answer.
pub async fn of(services: &Services, actor: &Actor, id: &LabId) -> Result<Synthesis, LabError> {
    let (lab, heard) = leading::heard(services, actor, id).await?;
    let form = forms::of(services, &lab.form).await?.revision;
    let real = coverage::count(services).await?;
    Ok(synthesis(lab, form, heard, &real))
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

fn synthesis(lab: Lab, form: &Revision, heard: Heard, real: &Coverage) -> Synthesis {
    let Heard { participants, remarks, done, surveys, advices } = heard;
    let mut by_place: BTreeMap<String, Vec<Remark>> = BTreeMap::new();
    for remark in remarks {
        by_place.entry(remark.pin.place()).or_default().push(remark);
    }
    let mut questions: Vec<Question> = by_place
        .into_iter()
        .map(|(place, remarks)| {
            let advice = advices.iter().find(|advice| advice.place == place).cloned();
            question(place, form, remarks, advice, real)
        })
        .collect();
    questions.sort_by_key(|question| (order(form, &question.place), question.place.clone()));
    let scores: Vec<u32> = surveys.iter().filter_map(|survey| sus(survey.sus)).collect();
    let minutes: Vec<u32> = surveys.iter().filter_map(|survey| survey.minutes).collect();
    let sits = |seat| count(participants.iter().filter(|one| one.seat == seat).count());
    let says = |yes: fn(&super::Survey) -> bool| count(surveys.iter().filter(|s| yes(s)).count());
    let tasks = (0u32..).zip(&lab.tasks).map(|(rank, task)| {
        let by: BTreeSet<_> =
            done.iter().filter(|one| one.task == rank).map(|one| &one.by).collect();
        (task.clone(), count(by.len()))
    });
    Synthesis {
        seats: (sits(dossier::lab::Seat::Structure), sits(dossier::lab::Seat::Agent)),
        sus: (mean(&scores), count(scores.len())),
        would_use: says(|survey| survey.would_use),
        saves_time: says(|survey| survey.saves_time),
        minutes: (median(&minutes), count(minutes.len())),
        words: surveys.iter().map(|s| s.words.clone()).filter(|w| !w.is_empty()).collect(),
        done: tasks.collect(),
        questions,
        lab,
    }
}

/// Steps and questions as the form puts them, a step before its questions; pages after.
fn order(form: &Revision, place: &str) -> (usize, usize) {
    let step = |id: &str| form.sections.iter().position(|section| section.id == id);
    match (step(place), form.section_of(place)) {
        (Some(step), _) => (step, 0),
        (None, Some(section)) => {
            let step = step(&section.id).unwrap_or(usize::MAX);
            (step, form.order(place).map_or(usize::MAX, |rank| rank + 1))
        }
        (None, None) => (usize::MAX, 0),
    }
}

fn question(
    place: String,
    form: &Revision,
    mut remarks: Vec<Remark>,
    advice: Option<Advice>,
    real: &Coverage,
) -> Question {
    let mut kinds = BTreeMap::new();
    for remark in &remarks {
        *kinds.entry(remark.kind).or_insert(0) += 1;
    }
    remarks.sort_by_key(|remark| (std::cmp::Reverse(remark.votes.len()), remark.at));
    let said = || remarks.first().map(|remark| remark.pin.called.clone()).unwrap_or_default();
    let called = match form.place(&place) {
        Some(found) => found.field.label.to_string(),
        None if form.section(&place).is_some() => {
            name(form, &Answers::default(), &At::once(&place))
        }
        None => said(),
    };
    let step = form.section_of(&place).map(|section| section.title.to_string());
    let real = form.place(&place).and_then(|_| real_use(real, &place));
    Question { place, called, step: step.unwrap_or_default(), kinds, remarks, advice, real }
}

fn real_use(coverage: &Coverage, field: &str) -> Option<Real> {
    let tally = coverage.questions.get(field)?;
    let given = tally.given.values();
    let (kept, corrected, waits) = given.fold((0, 0, 0), |(kept, corrected, waits), one| {
        (kept + one.kept, corrected + one.corrected, waits + one.waits)
    });
    let answered = kept + corrected + waits + tally.typed;
    let said = |count: u32| (count == 0 || count >= LEAST).then_some(count);
    (answered >= LEAST).then(|| Real {
        answered,
        kept: said(kept),
        corrected: said(corrected),
        typed: said(tally.typed),
    })
}
