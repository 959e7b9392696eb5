//! Changes laid over a national form, as data: a department's supplement adds questions of its own; a
//! variant rewords, reorders, relaxes or hides, to try tomorrow's form.

mod apply;
mod compose;
mod fault;
mod review;
#[cfg(test)]
mod tests;
mod tree;

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

pub use compose::{slug, words};
pub use fault::{Fault, Wrong};
pub use review::{Difference, Words, review};

use crate::{FieldDef, Group, Section, Text};

/// Most questions that a supplement adds.
pub const MOST_QUESTIONS: usize = 8;

/// Changes laid over a revision of a form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Overlay {
    /// Which form.
    pub form: String,
    /// Over which revision of it.
    pub revision: u32,
    /// Its name, in small letters, digits and dashes ("nievre"): ids that it adds begin with it.
    pub name: String,
    /// What people read ("Complément de la Nièvre").
    pub title: String,
    /// Whom it is for.
    pub reach: Reach,
    /// The changes, made in this order.
    pub edits: Vec<Edit>,
}

/// Whom an overlay is for, which says what it may do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Reach {
    /// The dossiers of a département. It adds at most [`MOST_QUESTIONS`] questions, orders its own
    /// and changes nothing else: the national questions stay the same everywhere.
    Supplement {
        /// Its code, "58".
        department: String,
    },
    /// Those who try it.
    Variant,
}

/// One change. `after` names what comes just before, among its siblings; without it, the first place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Edit {
    /// A step more.
    AddSection {
        /// A step.
        #[serde(default)]
        after: Option<String>,
        /// The new one.
        section: Section,
    },
    /// A card more.
    AddGroup {
        /// In this step.
        section: String,
        /// A card of it.
        #[serde(default)]
        after: Option<String>,
        /// The new one.
        group: Group,
    },
    /// A question more.
    AddQuestion {
        /// In this card.
        group: String,
        /// A question of it.
        #[serde(default)]
        after: Option<String>,
        /// The new one.
        question: FieldDef,
    },
    /// Other words for a step, a card or a question.
    Reword {
        /// Which.
        id: String,
        /// Its title or label.
        #[serde(default)]
        label: Option<String>,
        /// Its introduction or help.
        #[serde(default)]
        hint: Option<String>,
    },
    /// Another place for a card in its step, or a question in its card.
    Move {
        /// Which.
        id: String,
        /// A sibling.
        #[serde(default)]
        after: Option<String>,
    },
    /// An answer is no longer required.
    Relax {
        /// The question.
        id: String,
    },
    /// An optional question is no longer put.
    Hide {
        /// The question.
        id: String,
    },
}

impl Edit {
    /// Whether it adds and changes nothing that is there.
    fn only_adds(&self) -> bool {
        matches!(self, Self::AddSection { .. } | Self::AddGroup { .. } | Self::AddQuestion { .. })
    }

    /// The cards that it adds: whole, or the one question of a card that is there.
    fn added(&self) -> Added<'_> {
        match self {
            Self::AddSection { section, .. } => Added { groups: &section.groups, field: None },
            Self::AddGroup { group, .. } => {
                Added { groups: std::slice::from_ref(group), field: None }
            }
            Self::AddQuestion { question, .. } => Added { groups: &[], field: Some(question) },
            Self::Reword { .. } | Self::Move { .. } | Self::Relax { .. } | Self::Hide { .. } => {
                Added { groups: &[], field: None }
            }
        }
    }
}

/// What an edit adds.
struct Added<'a> {
    groups: &'a [Group],
    field: Option<&'a FieldDef>,
}

impl<'a> Added<'a> {
    fn fields(&self) -> impl Iterator<Item = &'a FieldDef> + use<'a> {
        let cards = self.groups.iter().flat_map(Group::fields).map(AsRef::as_ref);
        cards.chain(self.field)
    }
}

/// A text of an overlay, in a definition.
fn text(text: &str) -> Text {
    Cow::Owned(text.to_owned())
}
