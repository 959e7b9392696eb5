//! What a device sends for each gesture on an answer, and what the server says of it. An operation
//! is applied once however often it is sent.

use form::At;
use serde::{Deserialize, Serialize};

/// One gesture on one answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Operation {
    /// ULID made on the device; sending it again changes nothing and gets the same outcome.
    pub id: String,
    /// The answer.
    pub at: At,
    /// What was done.
    pub gesture: Gesture,
    /// Version of the answer that the person saw; 0 for one that did not exist.
    pub seen: u32,
}

/// What a person does to an answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Gesture {
    /// Writes this raw text; empty clears the answer.
    Write(String),
    /// Says that the pre-filled value is right.
    Confirm,
}

/// What became of an operation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// The operation.
    pub id: String,
    /// The answer.
    pub at: At,
    /// What happened.
    pub verdict: Verdict,
}

/// The server's word on one operation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Kept for good.
    Saved {
        /// New version of the answer.
        version: u32,
    },
    /// Somebody else wrote elsewhere in the same long text since: both are kept, put together.
    Merged {
        /// What stands on the server.
        raw: String,
        /// Its version.
        version: u32,
        /// Version of the text of this operation, as it was typed: what is typed over it is put
        /// together in turn.
        own: u32,
    },
    /// Somebody else wrote something else since; both texts are kept, the person chooses.
    Conflict {
        /// What stands on the server.
        raw: String,
        /// Its version.
        version: u32,
        /// Who wrote it.
        by: String,
    },
    /// Cannot be applied; the text stays with the person.
    Refused(Refusal),
}

/// Why one operation cannot be applied.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// No such question in this form.
    UnknownField,
    /// No such row, or a row where the question has none.
    UnknownRow,
    /// Far longer than any answer of this kind.
    TooLong,
    /// Set by the system.
    FixedField,
    /// The dossier was sent back, and nothing is asked here: see [`crate::reopened`].
    NotReopened,
    /// The operation id is not a ULID.
    BadOperation,
}
