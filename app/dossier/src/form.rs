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
mod read;
pub mod territoire;

use std::{borrow::Cow, sync::LazyLock};

use form::{Revision, Rule};

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
    Revision::new(NAME, 1, sections)
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
    pub rules: &'static [Rule],
}

impl Form {
    /// A form whose tree was read as data, as the browser does; it stays for the life of the
    /// programme. `None` for a form or revision without rules here.
    pub fn read(revision: Revision) -> Option<Self> {
        let rules = rules_of(&revision.form, revision.number)?;
        Some(Self { revision: Box::leak(Box::new(revision)), rules })
    }
}

/// The form a dossier follows; `None` for a form or revision this programme does not know.
pub fn form_of(name: &str, revision: u32) -> Option<Form> {
    let rules = rules_of(name, revision)?;
    let revision = if name == bilan::NAME { &bilan::BILAN } else { &CONVENTIONNEMENT };
    Some(Form { revision, rules })
}

/// The rules of a form.
fn rules_of(name: &str, revision: u32) -> Option<&'static [Rule]> {
    match (name, revision) {
        (NAME, 1) => Some(RULES),
        (bilan::NAME, 1) => Some(bilan::BILAN_RULES),
        _ => None,
    }
}
