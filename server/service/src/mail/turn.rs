//! What messages say of a convention once it is signed.

use serde::{Deserialize, Serialize};

/// What became of a convention. Days are counted since 1970. Never why: that is read in Trame.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Turn {
    /// It is suspended.
    Suspended {
        /// From when.
        from: i64,
        /// The last day, when it is known.
        until: Option<i64>,
    },
    /// It is suspended no longer.
    Lifted,
    /// A letter is signed that opens a termination.
    Challenged,
    /// The letter was received: the structure has a month.
    Received {
        /// The last day to answer.
        until: i64,
    },
    /// The procedure is closed; it goes on.
    Closed,
    /// It is terminated.
    Terminated {
        /// Its last day.
        on: i64,
    },
    /// A provisional annexe goes on with it.
    GoesOn {
        /// Until when.
        until: i64,
    },
    /// The structure answered to the letter: told to who follows it.
    Answered,
}
