//! What a well-formed raw text says, between *raw* and *canonical*: rules take their types from it,
//! and only what is kept or compared as text is spelled.

use std::borrow::Cow;

use crate::{Date, number::canonical_scaled};

/// What a raw text means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Meaning<'a> {
    /// A text, spelled canonically.
    Text(Cow<'a, str>),
    /// A number in units of its last decimal.
    Scaled {
        /// How many units.
        value: i64,
        /// How many decimals one whole has.
        decimals: u32,
    },
    /// A duration.
    Minutes(i64),
    /// A day.
    Date(Date),
}

impl Meaning<'_> {
    pub(super) fn owned(text: String) -> Self {
        Self::Text(Cow::Owned(text))
    }

    /// The canonical text: one spelling per value.
    pub fn spell(self) -> String {
        match self {
            Self::Text(text) => text.into_owned(),
            Self::Scaled { value, decimals } => canonical_scaled(value, decimals),
            Self::Minutes(minutes) => format!("{:02}:{:02}", minutes / 60, minutes % 60),
            Self::Date(date) => date.to_string(),
        }
    }
}
