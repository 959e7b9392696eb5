//! Typed values, read from canonical text. Money, ETP and hours are integers of their smallest unit.

use serde::{Deserialize, Serialize};

use crate::{Date, number};

/// A type an answer can be read as.
pub trait Value: Sized {
    /// Reads canonical text (see [`crate::Kind::canonical`]); `None` when it does not fit.
    fn from_canonical(text: &str) -> Option<Self>;
}

/// Money in euro cents.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Cents(pub i64);

/// Hundredths: ETP, percentages, hours with two decimals.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Hundredths(pub i64);

/// A duration in minutes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Minutes(pub i64);

impl Value for String {
    fn from_canonical(text: &str) -> Option<Self> {
        (!text.is_empty()).then(|| text.to_owned())
    }
}

impl Value for i64 {
    fn from_canonical(text: &str) -> Option<Self> {
        text.parse().ok()
    }
}

impl Value for Cents {
    fn from_canonical(text: &str) -> Option<Self> {
        number::parse_scaled(text, 2).ok().map(Self)
    }
}

impl Value for Hundredths {
    fn from_canonical(text: &str) -> Option<Self> {
        number::parse_scaled(text, 2).ok().map(Self)
    }
}

impl Value for Minutes {
    fn from_canonical(text: &str) -> Option<Self> {
        number::parse_minutes(text).map(Self)
    }
}

impl Value for bool {
    fn from_canonical(text: &str) -> Option<Self> {
        match text {
            "oui" => Some(true),
            "non" => Some(false),
            _ => None,
        }
    }
}

impl Value for Date {
    fn from_canonical(text: &str) -> Option<Self> {
        Self::parse_iso(text)
    }
}

/// Values of a several-choices question, in the order of its choices.
impl Value for Vec<String> {
    fn from_canonical(text: &str) -> Option<Self> {
        (!text.is_empty()).then(|| text.split(',').map(str::to_owned).collect())
    }
}
