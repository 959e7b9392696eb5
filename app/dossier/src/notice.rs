//! Who is told what by mail when something happens, how soon, and what people may choose. The texts are
//! elsewhere: here are the rules.

#[cfg(test)]
mod tests;

use form::Date;
use serde::{Deserialize, Serialize};

use crate::{convention::DeedKind, event::EventKind, role::Role, state::Action};

/// Milliseconds after the last act before a piece of work is told: one message for what an agent does in
/// one go.
pub const QUIET: i64 = 10 * 60_000;
/// Milliseconds after the first act when it is told anyhow, though the acts go on.
pub const LONGEST: i64 = 60 * 60_000;
/// Hour in Paris at which digests and reminders are written.
pub const MORNING: i8 = 7;
/// Days before the last day of a return when it is told again.
pub const REMINDERS: [i64; 2] = [7, 1];

/// Something that happened, as far as people are told of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum About {
    /// A termination is opened, goes on, or is decided.
    Termination,
    /// The convention is suspended, or not any more.
    Suspension,
    /// The dossier was decided on.
    Decided,
    /// The State asks something.
    Asked,
    /// The dossier was deposited, for the first time or again.
    Deposited,
    /// It is complete.
    Complete,
    /// The dialogue de gestion is open.
    Dialogue,
    /// What the dialogue came to is written down, and to be read.
    FollowUp,
    /// The commission is asked.
    Referred,
    /// The annexe is signed by both.
    Signed,
    /// A provisional annexe goes on with the convention.
    Provisional,
    /// The structure answered to the letter that opens a termination.
    LetterAnswered,
    /// The structure answered in words.
    Answered,
    /// The structure or a funder commented the fiche de suivi.
    Commented,
    /// The structure took its request back.
    Withdrawn,
    /// The dossier was handed over to an agent.
    Entrusted,
    /// Somebody asks to be let into a structure.
    AccessAsked,
    /// They were answered.
    AccessAnswered,
}

/// Towards whom somebody is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reader {
    /// Everybody of the structure.
    Structure,
    /// The agent who follows the dossier.
    Follower,
    /// The person it is about.
    Concerned,
}

/// What people choose about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Topic {
    /// What the structure must do.
    Asked,
    /// Where its dossiers stand.
    Progress,
    /// Last days that come near.
    Deadlines,
    /// Decisions.
    Decision,
    /// Who comes into the team.
    Team,
    /// What happens to dossiers that an agent follows.
    Followed,
    /// What is new and late in the territory of an agent.
    Morning,
}

/// How soon.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Pace {
    /// Once the work is done.
    AtOnce,
    /// In one message each morning.
    Daily,
    /// Not by mail: it is there to be read in Trame.
    Never,
}

impl About {
    const ALL: [Self; 18] = [
        Self::Termination,
        Self::Suspension,
        Self::Decided,
        Self::Asked,
        Self::Deposited,
        Self::Complete,
        Self::Dialogue,
        Self::FollowUp,
        Self::Referred,
        Self::Signed,
        Self::Provisional,
        Self::LetterAnswered,
        Self::Answered,
        Self::Commented,
        Self::Withdrawn,
        Self::Entrusted,
        Self::AccessAsked,
        Self::AccessAnswered,
    ];

    /// What of an event people are told; `None` for what is only read in Trame.
    pub fn of(what: &EventKind) -> Option<Self> {
        Some(match what {
            EventKind::Acted { action, .. } => return Self::of_action(*action),
            EventKind::Deposited { .. } => Self::Deposited,
            EventKind::Withdrawn => Self::Withdrawn,
            EventKind::AnnexSigned { .. } => Self::Signed,
            EventKind::ConventionActed { deed, .. } => return Self::of_deed(*deed),
            EventKind::NoteAnswered { .. } => Self::Answered,
            EventKind::FollowUpShared { .. } => Self::FollowUp,
            EventKind::FollowUpCommented { .. } => Self::Commented,
            EventKind::Assigned { to } if !to.is_empty() => Self::Entrusted,
            _ => return None,
        })
    }

    fn of_action(action: Action) -> Option<Self> {
        Some(match action {
            action if action.is_return() => Self::Asked,
            Action::DeclareComplete => Self::Complete,
            Action::OpenDialogue => Self::Dialogue,
            Action::ReferToCommission => Self::Referred,
            Action::Accept | Action::Refuse | Action::RejectIncomplete | Action::ApproveReport => {
                Self::Decided
            }
            // A proposal is for those who decide.
            _ => return None,
        })
    }

    const fn of_deed(deed: DeedKind) -> Option<Self> {
        match deed {
            DeedKind::Suspend | DeedKind::Lift => Some(Self::Suspension),
            DeedKind::SignLetter | DeedKind::Receive | DeedKind::Terminate | DeedKind::Close => {
                Some(Self::Termination)
            }
            DeedKind::Answer => Some(Self::LetterAnswered),
            // What is prepared is for those who decide.
            DeedKind::PrepareSuspension
            | DeedKind::PrepareLetter
            | DeedKind::PrepareTermination
            | DeedKind::TakeBack => None,
        }
    }

    /// Stable code, stored.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Termination => "termination",
            Self::Suspension => "suspension",
            Self::Provisional => "provisional",
            Self::LetterAnswered => "letter_answered",
            Self::Decided => "decided",
            Self::Asked => "asked",
            Self::Deposited => "deposited",
            Self::Complete => "complete",
            Self::Dialogue => "dialogue",
            Self::FollowUp => "follow_up",
            Self::Referred => "referred",
            Self::Signed => "signed",
            Self::Answered => "answered",
            Self::Commented => "commented",
            Self::Withdrawn => "withdrawn",
            Self::Entrusted => "entrusted",
            Self::AccessAsked => "access_asked",
            Self::AccessAnswered => "access_answered",
        }
    }

    /// Reads back a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|about| about.code() == code)
    }

    /// Who is told, and under which topic.
    pub const fn readers(self) -> &'static [(Reader, Topic)] {
        match self {
            Self::Termination | Self::Suspension | Self::Decided => {
                &[(Reader::Structure, Topic::Decision)]
            }
            Self::Asked => &[(Reader::Structure, Topic::Asked)],
            Self::Deposited => {
                &[(Reader::Structure, Topic::Progress), (Reader::Follower, Topic::Followed)]
            }
            Self::Complete
            | Self::Dialogue
            | Self::FollowUp
            | Self::Referred
            | Self::Signed
            | Self::Provisional => &[(Reader::Structure, Topic::Progress)],
            Self::LetterAnswered
            | Self::Answered
            | Self::Commented
            | Self::Withdrawn
            | Self::Entrusted => &[(Reader::Follower, Topic::Followed)],
            Self::AccessAsked => &[(Reader::Structure, Topic::Team)],
            Self::AccessAnswered => &[(Reader::Concerned, Topic::Team)],
        }
    }

    /// Whether who did it is told too: a deposit is acknowledged to who made it.
    pub const fn is_told_to_who_did_it(self) -> bool {
        matches!(self, Self::Deposited)
    }
}

impl Topic {
    /// Every topic, in the order of the page.
    pub const ALL: [Self; 7] = [
        Self::Asked,
        Self::Deadlines,
        Self::Decision,
        Self::Progress,
        Self::Team,
        Self::Followed,
        Self::Morning,
    ];

    /// Stable code, stored and part of addresses.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Asked => "demandes",
            Self::Progress => "avancement",
            Self::Deadlines => "echeances",
            Self::Decision => "decisions",
            Self::Team => "equipe",
            Self::Followed => "suivi",
            Self::Morning => "matin",
        }
    }

    /// Reads back a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|topic| topic.code() == code)
    }

    /// What may be chosen, the usual first. One choice is none: a decision is notified.
    pub const fn choices(self) -> &'static [Pace] {
        match self {
            Self::Asked | Self::Progress | Self::Team | Self::Followed => {
                &[Pace::AtOnce, Pace::Daily, Pace::Never]
            }
            Self::Deadlines => &[Pace::AtOnce, Pace::Never],
            Self::Decision => &[Pace::AtOnce],
            Self::Morning => &[Pace::Daily, Pace::Never],
        }
    }

    /// Whether people may do without it.
    pub fn may_be_off(self) -> bool {
        self.choices().contains(&Pace::Never)
    }

    /// How soon it is told to who chose this, if anything: a choice that is not offered counts for none.
    pub fn pace(self, chosen: Option<Pace>) -> Pace {
        let usual = self.choices().first().copied().unwrap_or(Pace::AtOnce);
        chosen.filter(|pace| self.choices().contains(pace)).unwrap_or(usual)
    }

    /// Whether people of a role are told of it.
    pub const fn concerns(self, role: Role) -> bool {
        match self {
            Self::Followed | Self::Morning => role.instructs(),
            _ => role.is_siae(),
        }
    }
}

impl Pace {
    const ALL: [Self; 3] = [Self::AtOnce, Self::Daily, Self::Never];

    /// Stable code, stored and posted.
    pub const fn code(self) -> &'static str {
        match self {
            Self::AtOnce => "aussitot",
            Self::Daily => "matin",
            Self::Never => "jamais",
        }
    }

    /// Reads back a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|pace| pace.code() == code)
    }
}

/// Whether a piece of work is told now: it has been quiet for so long, or it goes on for [`LONGEST`].
pub fn is_due((first, last): (i64, i64), now: i64, quiet: i64) -> bool {
    now - last >= quiet || now - first >= LONGEST.max(quiet)
}

/// Which reminder of a return is due today: one of [`REMINDERS`]. One that would have come before the
/// return, or with it, never comes; one that was missed comes late rather than not, until the next.
pub fn reminder(due: Date, sent: Date, today: Date) -> Option<i64> {
    let days = |from: Date| due.days_since_epoch() - from.days_since_epoch();
    let left = days(today);
    let near = REMINDERS.into_iter().rev().find(|before| left <= *before)?;
    (left >= 0 && days(sent) > near).then_some(near)
}

/// Whether agents work that day: no digest of the territory on Saturdays and Sundays.
pub fn is_working_day(day: Date) -> bool {
    // 1 January 1970 was a Thursday.
    (day.days_since_epoch() + 3).rem_euclid(7) < 5
}
