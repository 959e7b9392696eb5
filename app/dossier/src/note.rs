//! What agents write about a deposit, in place: for whom, on what, and whether what it was written on
//! still stands. Where a note points is kept; how that stands today is always computed, so that no
//! note is ever moved to something else.

mod anchor;
mod quote;
mod suggestion;

use serde::{Deserialize, Serialize};

pub use self::{
    anchor::{Anchor, Standing, is_text, name, said},
    quote::{Passage, Quote, QuoteRefused},
    suggestion::{Offer, SuggestRefused, offer, suggested},
};
use crate::role::Role;

/// Longest text of a note or of an answer to it, in characters.
pub const LONGEST: usize = 2_000;

/// What a note wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoteKind {
    /// An answer.
    Question,
    /// Another value.
    Correction,
    /// Nothing: it is said.
    Remark,
    /// This value, that the structure takes, refuses or discusses.
    Suggestion,
}

impl NoteKind {
    /// Every kind.
    pub const ALL: [Self; 4] = [Self::Question, Self::Correction, Self::Suggestion, Self::Remark];

    /// Stable code, stored.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Question => "question",
            Self::Correction => "correction",
            Self::Remark => "remark",
            Self::Suggestion => "suggestion",
        }
    }

    /// Reads back a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// What people read.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Question => "Question",
            Self::Correction => "Correction demandée",
            Self::Remark => "Remarque",
            Self::Suggestion => "Valeur proposée",
        }
    }

    /// Whether the structure has to do something about it.
    pub const fn asks(self) -> bool {
        matches!(self, Self::Question | Self::Correction | Self::Suggestion)
    }

    /// Whether such a note may stand in the way of the decision: it asks for something, and others than
    /// its author know why nothing is decided.
    pub const fn may_block(self, audience: Audience) -> bool {
        self.asks() && !matches!(audience, Audience::Own)
    }
}

/// Who reads a note. Chosen each time; nothing is ever shown further by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Audience {
    /// Its author alone.
    Own,
    /// Those who instruct the dossiers of the département.
    Service,
    /// Those of the State and the funders who read the deposit.
    State,
    /// The structure too, once the dossier is sent back with it.
    Structure,
}

impl Audience {
    /// Every audience, from the nearest on.
    pub const ALL: [Self; 4] = [Self::Own, Self::Service, Self::State, Self::Structure];

    /// Stable code, stored.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Own => "own",
            Self::Service => "service",
            Self::State => "state",
            Self::Structure => "structure",
        }
    }

    /// Reads back a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|audience| audience.code() == code)
    }

    /// What people read.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Own => "Moi",
            Self::Service => "Mon service",
            Self::State => "État et financeurs",
            Self::Structure => "La structure",
        }
    }

    /// Who that is.
    pub const fn hint(self) -> &'static str {
        match self {
            Self::Own => "note personnelle",
            Self::Service => "les agents qui instruisent dans le département",
            Self::State => "DDETS, DREETS, DGEFP, conseil départemental, France Travail",
            Self::Structure => "elle le lira quand vous renverrez le dossier",
        }
    }

    /// Whether a reader of the deposit reads the note. `is_author`: the reader wrote it; `is_sent`: the
    /// dossier was sent back with it.
    pub const fn reaches(self, reader: Role, is_author: bool, is_sent: bool) -> bool {
        if is_author {
            return true;
        }
        if matches!(reader, Role::Guest | Role::Asp | Role::Facilitator) {
            return false;
        }
        match self {
            Self::Own => false,
            Self::Service => reader.instructs(),
            Self::State => !reader.is_siae(),
            Self::Structure => !reader.is_siae() || is_sent,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_read_back_and_are_those_of_the_wire() {
        for kind in NoteKind::ALL {
            assert_eq!(NoteKind::from_code(kind.code()), Some(kind));
            assert_eq!(serde_json::to_value(kind).unwrap(), kind.code());
        }
        for audience in Audience::ALL {
            assert_eq!(Audience::from_code(audience.code()), Some(audience));
            assert_eq!(serde_json::to_value(audience).unwrap(), audience.code());
        }
    }

    #[test]
    fn what_blocks_asks_something_and_is_known_to_others() {
        for audience in Audience::ALL {
            assert!(!NoteKind::Remark.may_block(audience), "{audience:?}");
            for kind in NoteKind::ALL.into_iter().filter(|kind| kind.asks()) {
                assert_eq!(kind.may_block(audience), audience != Audience::Own, "{kind:?}");
            }
        }
    }

    #[test]
    fn a_structure_reads_what_was_sent_to_it_and_nothing_else() {
        for audience in Audience::ALL {
            for role in [Role::SiaeMember, Role::SiaeAdmin] {
                assert!(!audience.reaches(role, false, false), "{audience:?}");
                let read = audience.reaches(role, false, true);
                assert_eq!(read, audience == Audience::Structure, "{audience:?}");
            }
        }
    }

    #[test]
    fn a_wider_audience_holds_the_nearer_ones() {
        for reader in Role::ALL.into_iter().filter(|role| !role.is_siae()) {
            for sent in [false, true] {
                let reads = Audience::ALL.map(|audience| audience.reaches(reader, false, sent));
                assert!(reads.is_sorted(), "{reader:?} {reads:?}");
                assert!(!reads[0], "a note of one's own is read by nobody else");
            }
        }
        assert!(Audience::ALL.iter().all(|a| a.reaches(Role::DdetsAgent, true, false)));
    }
}
