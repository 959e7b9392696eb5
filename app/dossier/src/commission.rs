//! Sittings of the commission: since 1 July 2024 the « commission spécialisée de l'inclusion et de
//! l'insertion par l'activité économique » of a département (code du travail, R. 5311-26), which takes
//! the place of the CDIAE. What is on an agenda and why, how a sitting stands, what may be done with it.

mod appointment;

use form::Date;

pub use self::appointment::{Appointment, AppointmentRefused, Hour};
use crate::state::State;

/// Longest presentation of a dossier, in characters.
pub const LONGEST_WORDS: usize = 4_000;
/// Most dossiers on one agenda.
pub const MOST_ITEMS: usize = 100;

/// What the agent does with a sitting. Where it stands is computed from these.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    /// The pack is sent to the members, which convenes them.
    Send,
    /// The sitting took place.
    Hold,
    /// It will not take place.
    Cancel,
    /// It will after all.
    Restore,
}

impl Deed {
    /// Every deed.
    pub const ALL: [Self; 4] = [Self::Send, Self::Hold, Self::Cancel, Self::Restore];

    /// Stable code, stored and posted.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Send => "envoi",
            Self::Hold => "tenue",
            Self::Cancel => "annulation",
            Self::Restore => "retablissement",
        }
    }

    /// Reads back a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|deed| deed.code() == code)
    }
}

/// How a sitting stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Its pack is not sent.
    Planned,
    /// Its members have the pack.
    Convened,
    /// It took place.
    Held,
    /// It will not take place.
    Cancelled,
}

impl Stage {
    /// What people read.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Planned => "En préparation",
            Self::Convened => "Convoquée",
            Self::Held => "Tenue",
            Self::Cancelled => "Annulée",
        }
    }

    /// Whether its agenda may still change.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Planned | Self::Convened)
    }
}

/// How a sitting stands after what was done with it, in order.
pub fn stage(deeds: &[Deed]) -> Stage {
    let last = deeds.iter().rev().find(|deed| matches!(deed, Deed::Cancel | Deed::Restore));
    if last == Some(&Deed::Cancel) {
        Stage::Cancelled
    } else if deeds.contains(&Deed::Hold) {
        Stage::Held
    } else if deeds.contains(&Deed::Send) {
        Stage::Convened
    } else {
        Stage::Planned
    }
}

/// What a deed is done in.
#[derive(Clone, Copy, Debug)]
pub struct Here {
    /// How the sitting stands.
    pub stage: Stage,
    /// Its day.
    pub day: Date,
    /// Today.
    pub today: Date,
    /// Dossiers on its agenda.
    pub items: usize,
    /// Those of which neither an opinion is noted nor a postponement.
    pub awaited: usize,
}

/// Why a deed is not done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SittingRefused {
    /// Not from this stage.
    NotNow,
    /// Nothing is on the agenda.
    Empty,
    /// Its day is past.
    Past,
    /// Its day has not come.
    TooEarly,
    /// An opinion is still to be noted, or postponed.
    Awaited,
}

impl SittingRefused {
    /// What people read.
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::NotNow => {
                "Cette séance a changé entre-temps : relisez la page avant de recommencer."
            }
            Self::Empty => "L'ordre du jour est vide : mettez-y un dossier avant d'envoyer.",
            Self::Past => "La date de cette séance est passée : changez-la avant d'envoyer.",
            Self::TooEarly => "Cette séance n'a pas encore eu lieu.",
            Self::Awaited => {
                "Il reste des avis à noter. Notez-les, ou reportez ces dossiers à une autre séance."
            }
        }
    }
}

/// Whether a deed may be done.
///
/// # Errors
/// When something stands against it.
pub fn may(deed: Deed, here: &Here) -> Result<(), SittingRefused> {
    let fits = match deed {
        Deed::Restore => here.stage == Stage::Cancelled,
        Deed::Send | Deed::Hold | Deed::Cancel => here.stage.is_open(),
    };
    match deed {
        _ if !fits => Err(SittingRefused::NotNow),
        Deed::Send if here.items == 0 => Err(SittingRefused::Empty),
        Deed::Send if here.today > here.day => Err(SittingRefused::Past),
        Deed::Hold if here.today < here.day => Err(SittingRefused::TooEarly),
        Deed::Hold if here.awaited > 0 => Err(SittingRefused::Awaited),
        _ => Ok(()),
    }
}

/// What a dossier goes before the commission for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Purpose {
    /// An opinion.
    Opinion,
    /// To be known of only.
    Information,
}

impl Purpose {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Opinion, Self::Information];

    /// Stable code, stored.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Opinion => "opinion",
            Self::Information => "information",
        }
    }

    /// Reads back a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|purpose| purpose.code() == code)
    }

    /// What people read.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Opinion => "Pour avis",
            Self::Information => "Pour information",
        }
    }
}

/// How a dossier stands on an agenda. It is open on one at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It is to be heard.
    Open,
    /// The opinion was noted.
    Heard,
    /// The commission knows of it.
    Informed,
    /// It goes to another sitting.
    Postponed,
    /// The sitting was cancelled, or the dossier waits for nothing any more.
    Shelved,
}

impl Standing {
    const ALL: [Self; 5] =
        [Self::Open, Self::Heard, Self::Informed, Self::Postponed, Self::Shelved];

    /// Stable code, stored.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Heard => "heard",
            Self::Informed => "informed",
            Self::Postponed => "postponed",
            Self::Shelved => "shelved",
        }
    }

    /// Reads back a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|standing| standing.code() == code)
    }
}

/// What a dossier waits for of the commission.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Wait {
    /// An opinion that was asked for.
    Opinion,
    /// An opinion that is required and was not asked for: putting it on an agenda asks.
    ToRefer,
    /// That the commission be informed.
    Information,
}

impl Wait {
    /// What it goes on an agenda for.
    pub const fn purpose(self) -> Purpose {
        match self {
            Self::Opinion | Self::ToRefer => Purpose::Opinion,
            Self::Information => Purpose::Information,
        }
    }
}

/// What a request waits for of the commission: an opinion once the dialogue de gestion is open, until it
/// is known; information, once the dialogue is open, until a sitting had it (circulaire DGEFP 2008-21).
/// An opinion is known when it was noted since the commission was asked, or went with a proposal on the
/// same deposit.
pub const fn waits(state: State, needs_opinion: bool, is_known: bool) -> Option<Wait> {
    match state {
        State::Commission if is_known => None,
        State::Commission => Some(Wait::Opinion),
        State::Dialogue if needs_opinion && !is_known => Some(Wait::ToRefer),
        State::Dialogue | State::DecisionPending | State::Accepted if !needs_opinion => {
            Some(Wait::Information)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        Date::parse_iso(text).unwrap()
    }

    fn here(stage: Stage) -> Here {
        Here { stage, day: day("2026-12-10"), today: day("2026-12-10"), items: 2, awaited: 0 }
    }

    #[test]
    fn codes_read_back() {
        assert!(Deed::ALL.iter().all(|one| Deed::from_code(one.code()) == Some(*one)));
        assert!(Purpose::ALL.iter().all(|one| Purpose::from_code(one.code()) == Some(*one)));
        assert!(Standing::ALL.iter().all(|one| Standing::from_code(one.code()) == Some(*one)));
    }

    #[test]
    fn a_stage_is_what_was_done() {
        use Deed::{Cancel, Hold, Restore, Send};
        assert_eq!(stage(&[]), Stage::Planned);
        assert_eq!(stage(&[Send, Send]), Stage::Convened);
        assert_eq!(stage(&[Send, Cancel]), Stage::Cancelled);
        assert_eq!(stage(&[Send, Cancel, Restore]), Stage::Convened, "as it was");
        assert_eq!(stage(&[Cancel, Restore]), Stage::Planned);
        assert_eq!(stage(&[Send, Hold]), Stage::Held);
    }

    #[test]
    fn nothing_is_done_twice_or_after_the_end() {
        for deed in Deed::ALL {
            let refused = Err(SittingRefused::NotNow);
            assert_eq!(may(deed, &here(Stage::Held)), refused, "{deed:?}");
            let restores = if deed == Deed::Restore { Ok(()) } else { refused };
            assert_eq!(may(deed, &here(Stage::Cancelled)), restores, "{deed:?}");
            let opens = if deed == Deed::Restore { refused } else { Ok(()) };
            assert_eq!(may(deed, &here(Stage::Planned)), opens, "{deed:?}");
            assert_eq!(may(deed, &here(Stage::Convened)), opens, "{deed:?}");
        }
    }

    #[test]
    fn a_pack_has_something_in_it_and_comes_before_and_a_sitting_ends_with_its_opinions() {
        let convened = here(Stage::Convened);
        let send = |here: &Here| may(Deed::Send, here);
        assert_eq!(send(&Here { items: 0, ..convened }), Err(SittingRefused::Empty));
        let after = Here { today: day("2026-12-11"), ..convened };
        assert_eq!(send(&after), Err(SittingRefused::Past));
        let before = Here { today: day("2026-12-09"), ..convened };
        let hold = |here: &Here| may(Deed::Hold, here);
        assert_eq!(hold(&before), Err(SittingRefused::TooEarly));
        assert_eq!(hold(&Here { awaited: 1, ..after }), Err(SittingRefused::Awaited));
        assert_eq!(hold(&after), Ok(()));
    }

    #[test]
    fn who_waits_for_what() {
        use State::{Accepted, Commission, Complete, DecisionPending, Dialogue};
        assert_eq!(waits(Commission, true, false), Some(Wait::Opinion));
        assert_eq!(waits(Commission, false, false), Some(Wait::Opinion), "it was asked");
        assert_eq!(waits(Commission, true, true), None);
        assert_eq!(waits(Dialogue, true, false), Some(Wait::ToRefer));
        assert_eq!(waits(Dialogue, true, true), None, "the proposal was taken back");
        for state in [Dialogue, DecisionPending, Accepted] {
            assert_eq!(waits(state, false, false), Some(Wait::Information), "{state:?}");
        }
        assert_eq!(waits(DecisionPending, true, true), None);
        assert_eq!(waits(Complete, true, false), None, "the dialogue comes first");
    }
}
