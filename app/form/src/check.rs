//! Checking answers: what is malformed while drafting, and everything that stops a deposit.

use serde::{Deserialize, Serialize};

use crate::{Answers, At, Body, Code, Revision, Section, Standing, walk::Walk};

/// When one checks. A draft may hold anything typed; a deposit may not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// Only what is malformed.
    Draft,
    /// What is malformed, missing, or breaks a rule.
    Deposit,
}

/// Whether a problem stops the deposit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Gravity {
    /// Stops the deposit.
    Blocking,
    /// Worth a second look; does not stop anything.
    Warning,
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// The answer does not fit its kind, or is missing.
    Kind(Code),
    /// A rule that crosses fields: its code, and figures for the sentence.
    Rule {
        /// Stable code of the rule.
        code: String,
        /// Displayed values that the sentence names, in the order the rule documents.
        values: Vec<String>,
    },
}

/// One thing to mend, at one place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// Where to mend it.
    pub at: At,
    /// What is wrong.
    pub what: What,
    /// Whether it stops the deposit.
    pub gravity: Gravity,
}

impl Problem {
    /// A blocking problem of a rule.
    pub fn rule(at: At, code: &str, values: Vec<String>) -> Self {
        let what = What::Rule { code: code.to_owned(), values };
        Self { at, what, gravity: Gravity::Blocking }
    }

    /// The same, as a warning.
    #[must_use]
    pub fn as_warning(self) -> Self {
        Self { gravity: Gravity::Warning, ..self }
    }

    /// A question without an answer: it is "à écrire" rather than wrong.
    pub fn is_missing(&self) -> bool {
        matches!(self.what, What::Kind(Code::Required | Code::RowRequired { .. }))
    }

    /// An answer that a rule wants although its question does not require it by itself.
    pub fn missing(at: At) -> Self {
        Self::kind(at, Code::Required)
    }

    fn kind(at: At, code: Code) -> Self {
        Self { at, what: What::Kind(code), gravity: Gravity::Blocking }
    }
}

/// A rule that crosses fields: reads typed answers, adds what is wrong.
pub type Rule = fn(&Answers, &mut Vec<Problem>);

/// Checks a whole dossier, in the order of the form; rules come last and only speak of questions
/// that are put.
pub fn check(form: &Revision, answers: &Answers, rules: &[Rule], moment: Moment) -> Vec<Problem> {
    let mut problems = Vec::new();
    let walk = Walk::over(form, answers);
    walk.each_put(|put| {
        let raw = put.answer.map_or("", |answer| answer.raw.trim());
        let code = if raw.is_empty() {
            let missing = moment == Moment::Deposit && walk.holds(&put.field.required, put.row);
            missing.then_some(Code::Required)
        } else {
            put.field.kind.read(raw).err()
        };
        problems.extend(code.map(|code| Problem::kind(At::in_row(&put.field.id, put.row), code)));
    });
    if moment == Moment::Deposit {
        walk.each_group(|_, group| {
            let Body::Table(table) = &group.body else { return };
            let rows = answers.added_rows(&table.id).len();
            if !table.is_grid() && rows < table.min_rows as usize {
                let code = Code::RowRequired { min: table.min_rows };
                problems.push(Problem::kind(At::once(&table.id), code));
            }
        });
        let of_rules = problems.len();
        for rule in rules {
            rule(answers, &mut problems);
        }
        let mut rank = 0;
        problems.retain(|problem| {
            rank += 1;
            rank <= of_rules || form.puts(answers, &problem.at)
        });
    }
    problems
}

/// What is left in a step.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    /// Required questions without an answer.
    pub to_write: u32,
    /// Pre-filled answers nobody confirmed.
    pub to_confirm: u32,
    /// Answers with a blocking problem.
    pub problems: u32,
    /// Answers that are there and need nothing.
    pub ready: u32,
}

impl Progress {
    /// Whether nothing is left.
    pub fn is_done(self) -> bool {
        self.to_write + self.to_confirm + self.problems == 0
    }

    /// Seconds that what is left should take: 20 to confirm, 90 to write, 60 to mend.
    pub fn seconds(self) -> u32 {
        self.to_confirm * 20 + self.to_write * 90 + self.problems * 60
    }
}

impl std::ops::Add for Progress {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self {
            to_write: self.to_write + other.to_write,
            to_confirm: self.to_confirm + other.to_confirm,
            problems: self.problems + other.problems,
            ready: self.ready + other.ready,
        }
    }
}

/// What is left in each visible step, given the problems of a deposit check.
pub fn progress<'f>(
    form: &'f Revision,
    answers: &Answers,
    problems: &[Problem],
) -> Vec<(&'f Section, Progress)> {
    let mut steps = vec![Progress::default(); form.sections.len()];
    Walk::over(form, answers).each_put(|put| {
        let Some(answer) = put.answer.filter(|answer| !answer.raw.trim().is_empty()) else {
            return;
        };
        let unconfirmed =
            answer.provenance.as_ref().is_some_and(|p| p.standing == Standing::ToConfirm);
        let step = &mut steps[put.section];
        *(if unconfirmed { &mut step.to_confirm } else { &mut step.ready }) += 1;
    });
    for problem in problems.iter().filter(|p| p.gravity == Gravity::Blocking) {
        if let Some(spot) = form.spot(&problem.at.field) {
            let step = &mut steps[spot.section];
            *(if problem.is_missing() { &mut step.to_write } else { &mut step.problems }) += 1;
        }
    }
    let all = form.sections.iter().map(AsRef::as_ref).zip(steps);
    all.filter(|(section, _): &(&Section, _)| section.visible.holds(answers, "")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Answer, Origin, Provenance,
        fixture::{answers, form, ready_but},
    };

    fn said(answers: &Answers, moment: Moment) -> Vec<String> {
        let problems = check(&form(), answers, &[], moment);
        problems.iter().map(|problem| format!("{} {:?}", problem.at, problem.what)).collect()
    }

    fn wanted(others: &[(&str, &str)]) -> Vec<String> {
        said(&ready_but(others), Moment::Deposit)
    }

    #[test]
    fn a_hidden_question_is_never_required() {
        assert!(wanted(&[]).is_empty());
        assert!(wanted(&[("s.rows.part#a", ""), ("s.rows.note#a", "")]).len() == 1);
        let asked = wanted(&[("s.asks", "oui")]);
        assert_eq!(
            asked,
            ["s.reason Kind(Required)", "s.lines.cell#61 Kind(Required)", "t.late Kind(Required)"]
        );
        assert!(wanted(&[("s.reason", "far too long for this question")]).is_empty());
    }

    #[test]
    fn a_draft_may_lack_anything_but_not_be_malformed() {
        assert!(said(&answers(&[]), Moment::Draft).is_empty());
        let wrong = answers(&[("s.amount", "douze"), ("s.rows+a", ""), ("s.rows.part#a", "-1")]);
        assert_eq!(said(&wrong, Moment::Draft).len(), 2);
    }

    #[test]
    fn rows_are_wanted_when_there_are_too_few() {
        let none = wanted(&[("s.rows#a", "")]);
        assert_eq!(none, ["s.rows Kind(RowRequired { min: 1 })"]);
        assert_eq!(wanted(&[("s.rows+b", "")]), ["s.rows.part#b Kind(Required)"]);
    }

    #[test]
    fn rules_speak_at_deposit_only() {
        let rule: Rule = |_, problems| problems.push(Problem::missing(At::once("s.name")));
        let count = |moment| check(&form(), &ready_but(&[]), &[rule], moment).len();
        assert_eq!((count(Moment::Draft), count(Moment::Deposit)), (0, 1));
    }

    fn left(answers: &Answers, problems: &[Problem]) -> Vec<(String, Progress)> {
        let form = form();
        let steps = progress(&form, answers, problems);
        steps.into_iter().map(|(step, left)| (step.id.to_string(), left)).collect()
    }

    #[test]
    fn what_is_left_is_counted_in_each_step_that_is_there() {
        let done = Progress { ready: 5, ..Progress::default() };
        assert_eq!(left(&ready_but(&[]), &[]), [("s".to_owned(), done)]);

        let mut filled = ready_but(&[("s.asks", "oui"), ("s.amount", "x"), ("s.rows#a", "")]);
        let provenance = Provenance {
            origin: Origin::AspAnnex,
            reference: String::new(),
            as_of: String::new(),
            key: String::new(),
            fetched_at: 0,
            value: "Ici".to_owned(),
            standing: Standing::ToConfirm,
        };
        let raw = "Ici".to_owned();
        filled.put(At::once("t.late"), Answer { raw, version: 1, provenance: Some(provenance) });
        let problems = check(&form(), &filled, &[], Moment::Deposit);
        let first = Progress { to_write: 3, to_confirm: 0, problems: 1, ready: 4 };
        let second = Progress { to_confirm: 1, ..Progress::default() };
        assert_eq!(left(&filled, &problems), [("s".to_owned(), first), ("t".to_owned(), second)]);
    }

    #[test]
    fn a_warning_never_blocks() {
        let rule = Problem::rule(At::once("s.name"), "s.strange", vec![]);
        assert!(!left(&ready_but(&[]), std::slice::from_ref(&rule))[0].1.is_done());
        let warning = rule.as_warning();
        assert_eq!(warning.gravity, Gravity::Warning);
        assert!(left(&ready_but(&[]), &[warning])[0].1.is_done());
    }
}
