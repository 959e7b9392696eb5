//! The national forms: the ordered steps, and the rules that cross questions.

pub mod activites;
pub mod agrements;
pub mod asked;
pub mod bilan;
pub mod budget;
pub mod demande;
pub mod derived;
pub mod engagements;
pub mod gouvernance;
pub mod identification;
pub mod locaux;
pub mod moyens;
pub mod objectifs;
pub mod pieces;
pub mod projet;
pub mod publics;
pub(crate) mod read;
pub mod revisions;
pub mod territoire;

use std::{borrow::Cow, sync::LazyLock};

use form::{Answers, Moment, Problem, Revision, Rule, check};

use crate::sentence::Sentence;

/// Name of the dossier de conventionnement.
pub const NAME: &str = "conventionnement";

/// The dossier de conventionnement.
pub static CONVENTIONNEMENT: LazyLock<Revision> = LazyLock::new(|| {
    let sections = vec![
        Cow::Borrowed(&demande::SECTION),
        Cow::Borrowed(&identification::SECTION),
        Cow::Borrowed(&gouvernance::SECTION),
        Cow::Borrowed(&agrements::SECTION),
        Cow::Borrowed(&territoire::SECTION),
        Cow::Borrowed(&activites::SECTION),
        Cow::Borrowed(&publics::SECTION),
        Cow::Borrowed(&projet::SECTION),
        Cow::Borrowed(&moyens::SECTION),
        Cow::Borrowed(&locaux::SECTION),
        Cow::Borrowed(&budget::SECTION),
        Cow::Borrowed(&objectifs::SECTION),
        Cow::Borrowed(&engagements::SECTION),
        Cow::Borrowed(&pieces::SECTION),
    ];
    Revision::new(NAME, 2, sections)
});

/// Its rules.
pub const RULES: &[Rule] = &[
    demande::rules,
    identification::rules,
    gouvernance::rules,
    agrements::rules,
    territoire::rules,
    activites::rules,
    publics::rules,
    projet::rules,
    moyens::rules,
    locaux::rules,
    budget::rules,
    objectifs::rules,
    pieces::rules,
];

/// The sentences of all rules.
const SENTENCES: &[&[Sentence]] = &[
    demande::SENTENCES,
    identification::SENTENCES,
    gouvernance::SENTENCES,
    agrements::SENTENCES,
    territoire::SENTENCES,
    activites::SENTENCES,
    publics::SENTENCES,
    projet::accompagnement::SENTENCES,
    projet::formation::SENTENCES,
    projet::territoire::SENTENCES,
    moyens::staff::SENTENCES,
    moyens::request::SENTENCES,
    locaux::SENTENCES,
    budget::SENTENCES,
    objectifs::SENTENCES,
    pieces::SENTENCES,
];

/// The sentence of a broken rule; the code itself when it is of another revision.
pub fn sentence(code: &str, values: &[String]) -> String {
    SENTENCES
        .iter()
        .chain(bilan::BILAN_SENTENCES)
        .flat_map(|list| list.iter())
        .find(|sentence| sentence.code == code)
        .map_or_else(|| code.to_owned(), |sentence| sentence.with(values))
}

/// A form: its tree and the rules that cross questions.
#[derive(Clone, Copy)]
pub struct Form {
    /// The tree.
    pub revision: &'static Revision,
    /// The rules.
    rules: &'static [Rule],
}

impl Form {
    /// A form whose tree was read as data, as the browser does, or laid over the national one; it
    /// stays for the life of the programme. `None` for a form or revision without rules here.
    pub fn read(revision: Revision) -> Option<Self> {
        let rules = rules_of(&revision.form, revision.number)?;
        Some(Self { revision: Box::leak(Box::new(revision)), rules })
    }

    /// Everything that is wrong in these answers, or would stop a deposit. Rules are written for the
    /// latest national form: of another tree, they are shown only the answers that count in it.
    pub fn check(&self, answers: &Answers) -> Vec<Problem> {
        let form = self.revision;
        let is_latest = form.overlay.is_empty() && form.number == latest(&form.form);
        if is_latest {
            return check(form, answers, self.rules, Moment::Deposit);
        }
        check(form, &answers.counted(form), self.rules, Moment::Deposit)
    }
}

/// The form a dossier follows, without what a département lays over it; `None` for a form or revision
/// this programme does not know.
pub fn form_of(name: &str, revision: u32) -> Option<Form> {
    let rules = rules_of(name, revision)?;
    let revision = match (name, revision) {
        (bilan::NAME, _) => &bilan::BILAN,
        (_, 1) => revisions::FIRST.as_ref()?,
        _ => &CONVENTIONNEMENT,
    };
    Some(Form { revision, rules })
}

/// The revision that the programme is written for.
fn latest(name: &str) -> u32 {
    if name == NAME { 2 } else { 1 }
}

/// The rules of a form.
pub fn rules_of(name: &str, revision: u32) -> Option<&'static [Rule]> {
    match (name, revision) {
        (NAME, 1 | 2) => Some(RULES),
        (bilan::NAME, 1) => Some(bilan::BILAN_RULES),
        _ => None,
    }
}
