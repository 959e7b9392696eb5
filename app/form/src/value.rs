//! Typed values, read from canonical text. Money, ETP and hours are integers of their smallest unit.

use serde::{Deserialize, Serialize};

use crate::{Date, Meaning};

/// A type an answer can be read as.
pub trait Value: Sized {
    /// Reads what a well-formed answer means (see [`crate::Kind::read`]); `None` when the kind of
    /// the question gives something else.
    fn of(meaning: Meaning<'_>) -> Option<Self>;
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
    fn of(meaning: Meaning<'_>) -> Option<Self> {
        Some(meaning.spell())
    }
}

impl Value for i64 {
    fn of(meaning: Meaning<'_>) -> Option<Self> {
        scaled(meaning, 0)
    }
}

impl Value for Cents {
    fn of(meaning: Meaning<'_>) -> Option<Self> {
        scaled(meaning, 2).map(Self)
    }
}

impl Value for Hundredths {
    fn of(meaning: Meaning<'_>) -> Option<Self> {
        scaled(meaning, 2).map(Self)
    }
}

impl Value for Minutes {
    fn of(meaning: Meaning<'_>) -> Option<Self> {
        if let Meaning::Minutes(minutes) = meaning { Some(Self(minutes)) } else { None }
    }
}

impl Value for bool {
    fn of(meaning: Meaning<'_>) -> Option<Self> {
        match meaning {
            Meaning::Text(text) if text == "oui" => Some(true),
            Meaning::Text(text) if text == "non" => Some(false),
            _ => None,
        }
    }
}

impl Value for Date {
    fn of(meaning: Meaning<'_>) -> Option<Self> {
        if let Meaning::Date(date) = meaning { Some(date) } else { None }
    }
}

/// Values of a several-choices question, in the order of its choices.
impl Value for Vec<String> {
    fn of(meaning: Meaning<'_>) -> Option<Self> {
        if let Meaning::Text(text) = meaning {
            Some(text.split(',').map(str::to_owned).collect())
        } else {
            None
        }
    }
}

fn scaled(meaning: Meaning<'_>, wanted: u32) -> Option<i64> {
    match meaning {
        Meaning::Scaled { value, decimals } if decimals == wanted => Some(value),
        _ => None,
    }
}
