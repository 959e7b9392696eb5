//! Conditions as data: when a question is put, when it must be answered. Being data, they can be
//! documented, serialised with a revision, and one can tell which questions they read.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::{
    Text,
    answers::{Answers, Rows},
};

/// A condition over other answers. Values are canonical, and found however they are spaced; an
/// unanswered question satisfies nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cond {
    /// Holds in every dossier.
    #[default]
    Always,
    /// Holds in none.
    Never,
    /// A one-choice question has one of these values.
    OneOf {
        /// The question read.
        field: Text,
        /// The values wanted.
        values: Cow<'static, [Text]>,
    },
    /// A several-choices question has this value among others.
    Has {
        /// The question read.
        field: Text,
        /// The value wanted.
        value: Text,
    },
    /// A question has a well-formed answer.
    Filled {
        /// The question read.
        field: Text,
    },
    /// Every condition holds.
    All(Cow<'static, [Cond]>),
    /// At least one holds.
    Any(Cow<'static, [Cond]>),
    /// None holds.
    NoneOf(Cow<'static, [Cond]>),
}

/// Whoever can find the answers to a question, by row.
pub(crate) trait Reads<'a> {
    /// The answers to this question.
    fn rows_of(&self, field: &str) -> Option<&'a Rows>;
}

impl Cond {
    /// Whether the condition holds. `row` is the row the question stands in: a condition in a
    /// table reads its own row first, then the answers given once.
    pub fn holds(&self, answers: &Answers, row: &str) -> bool {
        self.holds_in(&answers, row)
    }

    /// The same, wherever the answers are read.
    pub(crate) fn holds_in<'a>(&self, from: &impl Reads<'a>, row: &str) -> bool {
        // This row, or the question asked once.
        let nearest = |field: &str| {
            let rows = from.rows_of(field)?;
            let own = if row.is_empty() { None } else { rows.get(row) };
            own.or_else(|| rows.get("")).map(|answer| answer.raw.as_str())
        };
        match self {
            Self::Always => true,
            Self::Never => false,
            Self::OneOf { field, values } => {
                nearest(field).is_some_and(|raw| values.iter().any(|value| is_same(raw, value)))
            }
            Self::Has { field, value } => {
                nearest(field).is_some_and(|raw| raw.split(',').any(|part| part.trim() == value))
            }
            Self::Filled { field } => nearest(field).is_some_and(|raw| !raw.trim().is_empty()),
            Self::All(conds) => conds.iter().all(|cond| cond.holds_in(from, row)),
            Self::Any(conds) => conds.iter().any(|cond| cond.holds_in(from, row)),
            Self::NoneOf(conds) => !conds.iter().any(|cond| cond.holds_in(from, row)),
        }
    }

    /// Whether it holds whatever is answered; such a condition is not written in JSON.
    pub(crate) fn is_always(&self) -> bool {
        *self == Self::Always
    }

    /// The questions this condition reads, in order, possibly twice.
    pub fn reads(&self) -> Vec<&str> {
        match self {
            Self::Always | Self::Never => Vec::new(),
            Self::OneOf { field, .. } | Self::Has { field, .. } | Self::Filled { field } => {
                vec![field]
            }
            Self::All(conds) | Self::Any(conds) | Self::NoneOf(conds) => {
                conds.iter().flat_map(Self::reads).collect()
            }
        }
    }
}

/// Whether a text is this value, but for the spaces that people type in codes ("92 20").
pub(crate) fn is_same(raw: &str, value: &str) -> bool {
    raw == value
        || (raw.len() > value.len() && raw.chars().filter(|c| !c.is_whitespace()).eq(value.chars()))
}

/// `one_of!("request.kind"; "first", "renewal")`: a one-choice question has one of these values.
#[macro_export]
macro_rules! one_of {
    ($field:expr; $($value:expr),+ $(,)?) => {
        $crate::Cond::OneOf {
            field: ::std::borrow::Cow::Borrowed($field),
            values: ::std::borrow::Cow::Borrowed(const { &[$(::std::borrow::Cow::Borrowed($value)),+] }),
        }
    };
}

/// `has!("publics.targets"; "brsa")`: a several-choices question has this value.
#[macro_export]
macro_rules! has {
    ($field:expr; $value:expr) => {
        $crate::Cond::Has {
            field: ::std::borrow::Cow::Borrowed($field),
            value: ::std::borrow::Cow::Borrowed($value),
        }
    };
}

/// `filled!("identification.rna")`: a question has an answer.
#[macro_export]
macro_rules! filled {
    ($field:expr) => {
        $crate::Cond::Filled { field: ::std::borrow::Cow::Borrowed($field) }
    };
}

/// `all![a, b]`: every condition holds.
#[macro_export]
macro_rules! all {
    ($($cond:expr),+ $(,)?) => {
        $crate::Cond::All(::std::borrow::Cow::Borrowed(const { &[$($cond),+] }))
    };
}

/// `any![a, b]`: at least one condition holds.
#[macro_export]
macro_rules! any {
    ($($cond:expr),+ $(,)?) => {
        $crate::Cond::Any(::std::borrow::Cow::Borrowed(const { &[$($cond),+] }))
    };
}

/// `none_of![a, b]`: no condition holds.
#[macro_export]
macro_rules! none_of {
    ($($cond:expr),+ $(,)?) => {
        $crate::Cond::NoneOf(::std::borrow::Cow::Borrowed(const { &[$($cond),+] }))
    };
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::answers;

    const A: Cond = one_of!("q.a"; "1", "2");
    const B: Cond = has!("q.b"; "x");
    const C: Cond = filled!("q.c");

    #[test]
    fn conditions_read_what_was_answered() {
        let filled = answers(&[("q.a", " 2 "), ("q.b", "w, x"), ("q.c", "  ")]);
        let holds = |cond: Cond| cond.holds(&filled, "");
        assert!(holds(A) && holds(B) && !holds(C));
        assert!(one_of!("q.d"; "9220").holds(&answers(&[("q.d", " 92 20 ")]), ""));
        assert!(!one_of!("q.d"; "9220").holds(&answers(&[("q.d", "92 2")]), ""));
        assert!(!holds(one_of!("q.a"; "1")) && !holds(has!("q.b"; "w,")));
        assert!(holds(all![A, B]) && !holds(all![A, C]));
        assert!(holds(any![C, B]) && !holds(any![C, Cond::Never]));
        assert!(holds(none_of![C, Cond::Never]) && !holds(none_of![C, A]));
        assert!(holds(Cond::Always));
        for cond in [A, B, C] {
            assert!(!cond.holds(&answers(&[]), ""), "nothing answered satisfies nothing");
        }
    }

    #[test]
    fn a_row_reads_itself_first() {
        let filled = answers(&[("q.a", "1"), ("q.a#x", "3"), ("q.c#x", "y")]);
        assert!(!A.holds(&filled, "x"), "its own answer counts, not the one given once");
        assert!(A.holds(&filled, "y"), "a row without an answer reads the one given once");
        assert!(C.holds(&filled, "x") && !C.holds(&filled, "y") && !C.holds(&filled, ""));
    }

    #[test]
    fn one_can_tell_what_a_condition_reads() {
        assert_eq!(all![A, any![B, none_of![C]]].reads(), ["q.a", "q.b", "q.c"]);
        assert!(Cond::Always.reads().is_empty());
    }
}
