//! What the browser and the server say to each other about a draft.

use dossier::operation::Outcome;
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
    /// Deposited or closed.
    Closed,
    /// The body is too large or does not read.
    BadRequest,
    /// Something is wrong on our side; try again.
    Unavailable,
}
