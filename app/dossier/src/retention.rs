//! How long things are kept, and what becomes of them then. The durations are data that the
//! configuration may replace; what never goes is a rule: nothing of a campaign that is open, of a dossier
//! that is being instructed, or of a convention in force is ever due. See ADR 28.

mod table;
mod term;

use std::collections::BTreeMap;

use form::Date;

pub use self::{
    table::{RULES, Rule},
    term::Term,
};
use crate::state::State;

/// Something that is kept for a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Signed-in browsers, and sign-ins that were begun.
    SignIns,
    /// Messages sent or given up, and notices that nobody was told.
    Mails,
    /// Invitations that were used, taken back, or are over.
    Invitations,
    /// Who read dossiers on the State's side.
    Readings,
    /// Drafts that were never deposited.
    Drafts,
    /// Accounts that nobody uses any more.
    Accounts,
    /// Pseudonyms of the open lab.
    Participants,
    /// What was deposited, with all that belongs to it.
    Deposits,
}

impl Kind {
    /// Every kind, in the order of the table.
    pub const ALL: [Self; 8] = [
        Self::SignIns,
        Self::Mails,
        Self::Invitations,
        Self::Readings,
        Self::Drafts,
        Self::Accounts,
        Self::Participants,
        Self::Deposits,
    ];

    /// Stable code: stored, and written in the configuration.
    pub const fn code(self) -> &'static str {
        match self {
            Self::SignIns => "connexions",
            Self::Mails => "courriels",
            Self::Invitations => "invitations",
            Self::Readings => "lectures",
            Self::Drafts => "brouillons",
            Self::Accounts => "comptes",
            Self::Participants => "ateliers",
            Self::Deposits => "depots",
        }
    }

    /// Reads back a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// What is said of it.
    pub fn rule(self) -> &'static Rule {
        RULES.iter().find(|rule| rule.kind == self).unwrap_or(&RULES[0])
    }
}

/// The durations in use: those of the table, or of the configuration.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Policy(BTreeMap<Kind, Term>);

/// A duration of the configuration that does not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadTerm(pub String);

impl Policy {
    /// Reads `lectures=24m courriels=30j`: what is not named keeps the duration of the table.
    ///
    /// # Errors
    /// The first word that does not read.
    pub fn read(text: &str) -> Result<Self, BadTerm> {
        let mut terms = BTreeMap::new();
        for word in text.split_whitespace() {
            let read = word.split_once('=').and_then(|(kind, term)| {
                // A session ends by itself: there is nothing to choose.
                let kind = Kind::from_code(kind).filter(|kind| *kind != Kind::SignIns)?;
                Some((kind, Term::read(term)?))
            });
            let (kind, term) = read.ok_or_else(|| BadTerm(word.to_owned()))?;
            terms.insert(kind, term);
        }
        Ok(Self(terms))
    }

    /// How long something is kept.
    pub fn term(&self, kind: Kind) -> Term {
        self.0.get(&kind).copied().unwrap_or(kind.rule().term)
    }

    /// Whether the configuration chose its duration.
    pub fn is_chosen(&self, kind: Kind) -> bool {
        self.0.contains_key(&kind)
    }

    /// The day from which something that belongs to no dossier goes.
    pub fn due(&self, kind: Kind, since: Date) -> Option<Date> {
        self.term(kind).after(since)
    }

    /// The day from which something of a dossier goes; `None` while nobody can say. What is counted from
    /// the end of the dossier has no day of its own (`since`).
    pub fn due_of(&self, kind: Kind, since: Option<Date>, dossier: &Facts) -> Option<Date> {
        let closing = dossier.closing()?;
        let from = since.unwrap_or(closing.max(dossier.changed));
        let day = self.term(kind).after(from)?;
        // The last day that it is held is still held.
        Some(day.max(Term::Days(1).after(closing)?))
    }

    /// The day from which an account is closed, given when its person was last here, and the dossiers of
    /// its structures.
    pub fn due_of_account<'a>(
        &self,
        seen: Date,
        dossiers: impl IntoIterator<Item = &'a Facts>,
    ) -> Option<Date> {
        let mut day = self.due(Kind::Accounts, seen)?;
        for dossier in dossiers {
            day = day.max(Term::Days(1).after(dossier.closing()?)?);
        }
        Some(day)
    }
}

/// What must be known of a dossier to say how long it is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Facts {
    /// Whether it is a bilan, which is made in the year after the one it is about.
    pub is_report: bool,
    /// Its year.
    pub year: i32,
    /// Where it stands.
    pub state: State,
    /// When it last changed.
    pub changed: Date,
    /// Last day of the convention that it gave or belongs to, when that is known.
    pub convention_end: Option<Date>,
}

/// What keeps a dossier, and all that belongs to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hold {
    /// Its campaign is open.
    Campaign,
    /// It is being instructed, or was sent back.
    Instruction,
    /// Its convention is in force.
    Convention,
}

impl Facts {
    /// The last day of its campaign: requests are made and amended until the year they are for is over,
    /// reports in the year after (circulaire DGEFP 2008-21; a proposal, to be confirmed).
    fn campaign_end(&self) -> Option<Date> {
        Date::new(self.year + i32::from(self.is_report), 12, 31)
    }

    /// The last day of its convention. One that nobody knows is taken for the longest there is: three
    /// years (code du travail, R. 5132-3, R. 5132-10-8, R. 5132-13 and R. 5132-29).
    fn convention_end(&self) -> Option<Date> {
        if self.state != State::Accepted || self.is_report {
            return None;
        }
        self.convention_end.or_else(|| Date::new(self.year + 2, 12, 31))
    }

    /// What keeps it on this day.
    pub fn hold(&self, today: Date) -> Option<Hold> {
        let is_draft = matches!(self.state, State::Draft);
        if !self.state.is_final() && !is_draft {
            return Some(Hold::Instruction);
        }
        // A year outside of the calendar is one that never ends.
        if self.campaign_end().is_none_or(|end| today <= end) {
            return Some(Hold::Campaign);
        }
        self.convention_end().filter(|end| today <= *end).map(|_| Hold::Convention)
    }

    /// The last day that it is held; `None` while nobody can say.
    pub fn closing(&self) -> Option<Date> {
        if !self.state.is_final() && self.state != State::Draft {
            return None;
        }
        let campaign = self.campaign_end()?;
        Some(self.convention_end().map_or(campaign, |end| end.max(campaign)))
    }
}

#[cfg(test)]
mod tests;
