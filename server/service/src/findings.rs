//! What other systems know of a structure: asked when a dossier is opened and again when it is old,
//! kept with its age, and laid beside the answers. A source never blocks and never overwrites.

mod asking;
mod candidates;
mod choosing;

use std::collections::BTreeMap;

use async_trait::async_trait;
use dossier::id::{AccountId, DossierId};
use form::{At, Origin, Provenance};
use serde::{Deserialize, Serialize};

use crate::Millis;

pub(crate) use self::candidates::{by_priority, of_form, rows};
pub use self::{
    asking::{Patience, gather},
    candidates::{Card, Offer, cards, fillable},
    choosing::{Beside, Choice, ChooseError, beside, choose, fill},
};

/// What a source is asked about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject {
    /// SIRET of the establishment.
    pub siret: String,
    /// Where it is, once a source said so: what the address base is asked about.
    pub place: Option<Place>,
}

/// An address, as a source spells it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// Number and street.
    pub street: String,
    /// Postcode.
    pub postcode: String,
    /// Name of the commune.
    pub town: String,
    /// INSEE code of the commune; may be empty.
    pub insee: String,
    /// Whether it is the head office too.
    pub is_head: bool,
}

/// What a source says, besides facts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Notice {
    /// It does not know the subject.
    Unknown,
    /// The establishment, or its whole unit, is closed: since that day when it is said.
    Closed {
        /// `AAAA-MM-JJ`, or empty.
        since: String,
    },
    /// The person asked that their data be not shown.
    Withheld,
}

/// What a source says of a subject.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// Texts, by the key under which questions name them; parts of an address by `key.part`.
    pub facts: BTreeMap<String, String>,
    /// Lists, by the first word of the keys under which columns name them (`dirigeants`, `postes.rome`):
    /// the texts of each row by the rest of the key, or else by the end of the column's id.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub lists: BTreeMap<String, Vec<BTreeMap<String, String>>>,
    /// The day it was true, `AAAA-MM-JJ`; empty when the source does not say.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub as_of: String,
    /// What in the source, for people: "SIRET 123 456 789 00012".
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reference: String,
    /// What else it says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notice: Option<Notice>,
}

/// Why a source says nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum Fault {
    /// Nobody listens there.
    #[error("cannot be reached")]
    Unreachable,
    /// It did not answer in time.
    #[error("did not answer in time")]
    Slow,
    /// It has too much to do, and said so.
    #[error("asked to be left alone for a while")]
    Busy,
    /// It failed.
    #[error("failed")]
    Broken,
    /// It refuses to answer us.
    #[error("refused")]
    Refused,
    /// What it answered cannot be read.
    #[error("answered what cannot be read")]
    Garbled,
    /// It answered about another subject.
    #[error("answered about something else")]
    Elsewhere,
    /// The same question was asked a moment ago and waits.
    #[error("is being asked already")]
    Asked,
}

/// What a source said of a subject, kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The source.
    pub source: Origin,
    /// The SIRET.
    pub subject: String,
    /// What it said last; `None` when it never answered.
    pub told: Option<Told>,
    /// When it said so.
    pub fetched_at: Millis,
    /// Why it did not answer since, and when.
    pub failed: Option<(Fault, Millis)>,
}

/// A source that did not answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failed {
    /// The source.
    pub source: Origin,
    /// The SIRET.
    pub subject: String,
    /// Why.
    pub why: Fault,
    /// When.
    pub at: Millis,
}

/// A value that a source knows for a place, whether it is the answer or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The place.
    pub at: At,
    /// The value, with where it comes from.
    pub from: Provenance,
}

/// A value of a source that a person set aside for their own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// The dossier.
    pub dossier: DossierId,
    /// The place.
    pub at: At,
    /// The source.
    pub source: Origin,
    /// Its value, canonical.
    pub value: String,
    /// Why, in the words of the person; may be empty.
    pub reason: String,
    /// When.
    pub when: Millis,
    /// Who.
    pub by: AccountId,
    /// Name of who.
    pub by_name: String,
}

/// Other systems that can be asked.
#[async_trait]
pub trait Registers: Send + Sync {
    /// Those that this server asks, in the order people read them.
    fn sources(&self) -> Vec<Origin>;
    /// Asks one of them. Ends in bounded time, whatever the source does.
    async fn ask(&self, source: Origin, subject: &Subject) -> Result<Told, Fault>;
}

/// No other system is asked.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoRegisters;

#[async_trait]
impl Registers for NoRegisters {
    fn sources(&self) -> Vec<Origin> {
        Vec::new()
    }

    async fn ask(&self, _: Origin, _: &Subject) -> Result<Told, Fault> {
        Err(Fault::Unreachable)
    }
}
