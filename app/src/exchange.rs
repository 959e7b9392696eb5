//! What the browser and the server say to each other about a draft.

use dossier::operation::Outcome;
use form::At;
use serde::{Deserialize, Serialize};

/// Answer to a batch of gestures.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Kept {
    /// What became of each operation.
    pub outcomes: Vec<Outcome>,
    /// When, as people read it ("10 h 42").
    pub at: String,
}

/// Who is signed in, for the page that was left alone when a session ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// The account.
    pub account: String,
    /// The name.
    pub name: String,
}

/// A page says that it is there, and what it knows.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Beat {
    /// ULID of the page.
    pub page: String,
    /// The step it shows; empty when it goes away.
    pub section: String,
    /// Length of the journal, as it knows it.
    pub seq: u32,
    /// The moment of the last change it knows, as the server gave it.
    pub since: i64,
}

/// Answer to a page that says it is there.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Around {
    /// Who else is in the dossier.
    pub others: Vec<Other>,
    /// Length of the journal.
    pub seq: u32,
    /// The moment of the last change.
    pub since: i64,
    /// What changed since the page knows, and maybe what it knows already: versions tell.
    pub changed: Vec<Changed>,
}

/// Somebody else in the dossier.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Other {
    /// Name.
    pub name: String,
    /// The step they are at.
    pub section: String,
}

/// An answer that somebody wrote.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Changed {
    /// Where.
    pub at: At,
    /// What stands there.
    pub raw: String,
    /// Its version.
    pub version: u32,
    /// Who wrote it; empty for the person themselves, elsewhere.
    pub by: String,
}

/// Why a request was refused as a whole. Never carries what happened inside.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Refused {
    /// Sign in first.
    SignedOut,
    /// Another person is signed in than the one who wrote.
    OtherPerson,
    /// No such dossier, or not yours: the same answer.
    NotFound,
    /// What was given to this guest was taken back, or is over.
    Ended,
    /// Deposited or closed.
    Closed,
    /// The body is too large or does not read.
    BadRequest,
    /// Something is wrong on our side; try again.
    Unavailable,
}
