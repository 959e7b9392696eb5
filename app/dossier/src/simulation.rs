//! What a form would do to the dossiers if they followed it, before anybody does: the drafts that are
//! being filled, and what was deposited of late. Counts, and names of questions and dossiers: never a
//! text that somebody wrote.

use std::collections::BTreeMap;

use form::{Answers, At, migrate, progress};
use serde::{Deserialize, Serialize};

use crate::{
    form::{Form, revisions::moves},
    id::{DossierId, StructureId},
    note::{Standing, said},
};

/// Most dossiers named for one loss; the others are counted.
pub const MOST_NAMED: usize = 50;
/// Most structures named for the time it takes them.
pub const MOST_STRUCTURES: usize = 10;

/// What is lost of a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LossKind {
    /// The question is not put any more: its answers are kept aside and not deposited.
    NotAsked,
    /// Answers fitted the question and no longer do.
    Unfit,
    /// Notes lose the question they were written on.
    Note,
}

impl LossKind {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::NotAsked, Self::Unfit, Self::Note];

    /// Stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::NotAsked => "not_asked",
            Self::Unfit => "unfit",
            Self::Note => "note",
        }
    }
}

/// A dossier that is replayed.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'a> {
    /// The dossier.
    pub dossier: &'a DossierId,
    /// Whose it is.
    pub structure: &'a StructureId,
    /// Name of whose.
    pub name: &'a str,
    /// Its département.
    pub department: &'a str,
    /// Whether it was deposited: it keeps its form, and says what a year's answers would become.
    pub is_deposited: bool,
    /// What it says.
    pub answers: &'a Answers,
    /// What notes on it are written on.
    pub notes: &'a [At],
}

/// A dossier named in a report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Named {
    /// The dossier.
    pub dossier: DossierId,
    /// Name of the structure.
    pub structure: String,
    /// Its département.
    pub department: String,
    /// Whether it was deposited.
    pub is_deposited: bool,
    /// Answers, or notes, that are lost in it.
    pub answers: u32,
}

/// What is lost of one question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Loss {
    /// What.
    pub kind: LossKind,
    /// The question.
    pub field: String,
    /// What it is called.
    pub label: String,
    /// Drafts in which something is lost.
    pub drafts: u32,
    /// Deposits in which it would be.
    pub deposits: u32,
    /// Answers, or notes, in all.
    pub answers: u32,
    /// The first dossiers.
    pub named: Vec<Named>,
}

impl Loss {
    /// The name under which it is accepted.
    pub fn key(&self) -> String {
        format!("{}:{}", self.kind.code(), self.field)
    }

    /// Dossiers in all.
    pub fn dossiers(&self) -> u32 {
        self.drafts + self.deposits
    }
}

/// A required question that is new, and still without an answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gain {
    /// The question.
    pub field: String,
    /// What it is called.
    pub label: String,
    /// Drafts that must answer it.
    pub drafts: u32,
    /// Deposits that did not.
    pub deposits: u32,
}

/// What it takes one structure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Effort {
    /// Name of the structure.
    pub structure: String,
    /// Seconds more, or fewer when negative, over its drafts.
    pub seconds: i64,
}

/// Time added to drafts, by the estimate that the wizard shows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Time {
    /// Structures that have a draft.
    pub structures: u32,
    /// Of them, those for whom something changes.
    pub touched: u32,
    /// Seconds over all of them; negative when time is saved.
    pub seconds: i64,
    /// Those for whom it takes longest, longest first.
    pub longest: Vec<Effort>,
}

/// What replaying a form says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// Drafts replayed.
    pub drafts: u32,
    /// Deposits replayed.
    pub deposits: u32,
    /// Drafts in which nothing is lost and nothing is asked more.
    pub untouched: u32,
    /// Required questions that are new.
    pub gains: Vec<Gain>,
    /// What is lost, what touches most dossiers first.
    pub losses: Vec<Loss>,
    /// Time added.
    pub time: Time,
}

/// A report being made. Dossiers of one structure come one after the other; what is held grows with the
/// form, not with the dossiers.
pub struct Replay {
    to: Form,
    report: Report,
    losses: BTreeMap<(LossKind, String), Loss>,
    gains: BTreeMap<String, Gain>,
    present: Option<(StructureId, Effort)>,
}

impl Replay {
    /// Of this form.
    pub fn of(to: Form) -> Self {
        let (losses, gains) = (BTreeMap::new(), BTreeMap::new());
        Self { to, report: Report::default(), losses, gains, present: None }
    }

    /// Replays a dossier that follows `from`.
    pub fn add(&mut self, from: Form, subject: &Subject<'_>) {
        let to = self.to;
        let answers = subject.answers;
        let moves = moves(&to.revision.form, from.revision.number, to.revision.number);
        let plan = migrate::plan(from.revision, to.revision, &moves, answers);
        let mut lost: BTreeMap<(LossKind, String), u32> = BTreeMap::new();
        for loss in migrate::losses(from.revision, to.revision, &moves, answers, &plan) {
            let kind = if loss.unfit.is_some() { LossKind::Unfit } else { LossKind::NotAsked };
            *lost.entry((kind, loss.at.field)).or_default() += 1;
        }
        let mut after = answers.clone();
        for (at, raw) in &plan.writes {
            after.set(at.clone(), raw.clone());
        }
        for at in subject.notes {
            let now = At::in_row(migrate::after(&moves, &at.field), &at.row);
            let removed = |form: Form, answers: &Answers, at: &At| {
                said(form.revision, answers, at) == Err(Standing::QuestionRemoved)
            };
            if removed(to, &after, &now) && !removed(from, answers, at) {
                *lost.entry((LossKind::Note, at.field.clone())).or_default() += 1;
            }
        }
        let gained = migrate::gained(from.revision, to.revision, &moves, answers);
        let drafts = u32::from(!subject.is_deposited);
        let deposits = 1 - drafts;
        self.report.drafts += drafts;
        self.report.deposits += deposits;
        if lost.is_empty() && gained.is_empty() {
            self.report.untouched += drafts;
        }
        for (key, answers) in lost {
            self.lose(from, key, answers, subject);
        }
        for field in gained {
            let label = label(to, &field);
            let gain = self.gains.entry(field.clone());
            let gain = gain.or_insert(Gain { field, label, drafts: 0, deposits: 0 });
            gain.drafts += drafts;
            gain.deposits += deposits;
        }
        if !subject.is_deposited {
            let seconds = seconds(to, &after) - seconds(from, answers);
            self.spend(subject, seconds);
        }
    }

    fn lose(
        &mut self,
        from: Form,
        (kind, field): (LossKind, String),
        answers: u32,
        subject: &Subject<'_>,
    ) {
        let label = label(from, &field);
        let new = Loss {
            kind,
            field: field.clone(),
            label,
            drafts: 0,
            deposits: 0,
            answers: 0,
            named: Vec::new(),
        };
        let loss = self.losses.entry((kind, field)).or_insert(new);
        *(if subject.is_deposited { &mut loss.deposits } else { &mut loss.drafts }) += 1;
        loss.answers += answers;
        if loss.named.len() < MOST_NAMED {
            loss.named.push(Named {
                dossier: subject.dossier.clone(),
                structure: subject.name.to_owned(),
                department: subject.department.to_owned(),
                is_deposited: subject.is_deposited,
                answers,
            });
        }
    }

    fn spend(&mut self, subject: &Subject<'_>, seconds: i64) {
        if let Some((id, effort)) = &mut self.present
            && id == subject.structure
        {
            effort.seconds += seconds;
            return;
        }
        self.close();
        let effort = Effort { structure: subject.name.to_owned(), seconds };
        self.present = Some((subject.structure.clone(), effort));
    }

    /// Every draft of the structure was seen.
    fn close(&mut self) {
        let Some((_, effort)) = self.present.take() else { return };
        let time = &mut self.report.time;
        time.structures += 1;
        time.touched += u32::from(effort.seconds != 0);
        time.seconds += effort.seconds;
        if effort.seconds > 0 {
            let rank = time.longest.partition_point(|one| one.seconds >= effort.seconds);
            time.longest.insert(rank, effort);
            time.longest.truncate(MOST_STRUCTURES);
        }
    }

    /// Everything was replayed.
    pub fn finish(mut self) -> Report {
        self.close();
        let mut report = self.report;
        report.losses = self.losses.into_values().collect();
        report.losses.sort_by_key(|loss| std::cmp::Reverse(loss.dossiers()));
        report.gains = self.gains.into_values().collect();
        report.gains.sort_by_key(|gain| std::cmp::Reverse(gain.drafts));
        report
    }
}

/// Seconds that what is left should take.
fn seconds(form: Form, answers: &Answers) -> i64 {
    let problems = form.check(answers);
    let left = progress(form.revision, answers, &problems);
    left.into_iter().map(|(_, left)| i64::from(left.seconds())).sum()
}

/// What people call a question, a table, a step.
fn label(form: Form, id: &str) -> String {
    let form = form.revision;
    let question = form.place(id).map(|place| &place.field.label);
    let section = || form.section(id).map(|section| &section.title);
    let table = || form.table(id).map(|table| &table.row_name);
    question.or_else(section).or_else(table).map_or_else(|| id.to_owned(), ToString::to_string)
}

/// A loss that somebody accepted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Accepted {
    /// See [`Loss::key`].
    pub loss: String,
    /// Dossiers it touched then.
    pub dossiers: u32,
    /// When, in milliseconds since 1970.
    pub at: i64,
    /// Name of who did.
    pub by_name: String,
}

/// The losses of a report that nobody accepted, or that touch more dossiers than what was accepted.
pub fn unaccepted<'a>(report: &'a Report, accepted: &[Accepted]) -> Vec<&'a Loss> {
    let holds = |loss: &Loss| {
        accepted.iter().any(|one| one.loss == loss.key() && one.dossiers >= loss.dossiers())
    };
    report.losses.iter().filter(|loss| !holds(loss)).collect()
}

#[cfg(test)]
mod tests;
