//! Named simulations within an envelope: who would be granted what, what that would cost, and what could
//! be proposed of it. Provisional from one end to the other: nothing here is ever said to a structure.

mod effect;
mod preflight;

use form::{Date, Hundredths};

pub use self::{
    effect::{Difference, Effect, by_department, by_structure, differences},
    preflight::{Blocked, Preflight, Ready, preflight},
};
use crate::{
    act::Sense,
    annex::{Grant, Terms},
    envelope::Dotation,
    id::{DossierId, StructureId},
    state::State,
};

/// Longest name of a simulation, in characters.
pub const LONGEST_NAME: usize = 80;

/// What an agent would do with a request.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// Not said yet.
    #[default]
    Undecided,
    /// Granting it.
    Grant,
    /// Refusing it.
    Refuse,
}

impl Verdict {
    /// Every one, in the order of the list.
    pub const ALL: [Self; 3] = [Self::Undecided, Self::Grant, Self::Refuse];

    /// Stable code, stored.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Undecided => "undecided",
            Self::Grant => "grant",
            Self::Refuse => "refuse",
        }
    }

    /// Reads back a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }

    /// What people read.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Undecided => "À voir",
            Self::Grant => "Accorder",
            Self::Refuse => "Refuser",
        }
    }
}

/// A provisional choice on a request.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    /// What would be done.
    pub verdict: Verdict,
    /// What would be granted, if not what is asked for.
    pub grant: Option<Grant>,
    /// What the commission said, if it did.
    pub opinion: Option<Sense>,
    /// Why, in words for who signs; may be empty.
    pub reason: String,
    /// Ordinal of the deposit that it was made on; 0 for none.
    pub deposit: u32,
}

/// A request as far as a simulation reads it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// The dossier.
    pub dossier: DossierId,
    /// The structure.
    pub structure: StructureId,
    /// Its name.
    pub structure_name: String,
    /// Its SIRET.
    pub siret: String,
    /// Département of deposit.
    pub department: String,
    /// Kind of structure: "ACI".
    pub kind: String,
    /// "first", "renewal", "annual", "amendment".
    pub nature: String,
    /// "DC" or "MP".
    pub perimeter: String,
    /// Year that is asked for.
    pub year: i32,
    /// Where it stands.
    pub state: State,
    /// Ordinal of its last deposit.
    pub deposit: u32,
    /// When that was made, in milliseconds since 1970.
    pub deposited_at: i64,
    /// When the dossier last changed, likewise.
    pub changed_at: i64,
    /// What is asked for; `None` when the deposit says no period or no ETP.
    pub terms: Option<Terms>,
    /// Whether the commission must give an opinion.
    pub needs_opinion: bool,
    /// The day that the commission was last asked.
    pub referred_on: Option<Date>,
    /// Whether its opinion was noted since.
    pub opinion_is_noted: bool,
    /// What is proposed, with what would be granted.
    pub proposal: Option<(Sense, Option<Grant>)>,
    /// Whether a decision was proposed on this deposit before.
    pub was_proposed: bool,
    /// Blocking notes that are not settled.
    pub blocking: u32,
}

impl Request {
    /// Whether it is the same subject as an annexe's: what last year and the year itself are looked up by.
    pub fn is_same_subject(&self, other: &Subject) -> bool {
        let Subject { structure, kind, perimeter, department } = other;
        self.structure == *structure
            && self.kind == *kind
            && self.perimeter == *perimeter
            && self.department == *department
    }
}

/// What annexes of several years are told together by.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Subject {
    /// The structure.
    pub structure: StructureId,
    /// "ACI".
    pub kind: String,
    /// "DC" or "MP".
    pub perimeter: String,
    /// "58".
    pub department: String,
}

/// How a request stands in a simulation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Nothing is said yet.
    Undecided,
    /// It would be granted.
    Granted(Grant),
    /// It would be refused.
    Refused,
    /// A proposal waits for its signature: in favour, with what would be granted, or against.
    Proposed(Option<Grant>),
}

/// A request in a simulation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The request.
    pub request: Request,
    /// What was chosen.
    pub choice: Choice,
    /// What the annexe of the year before took.
    pub last_year: Option<Dotation>,
    /// The annexes of its year that an amendment changes, oldest first.
    pub before: Vec<Terms>,
}

impl Line {
    /// How it stands. A proposal that was made counts, whatever is chosen here.
    pub fn standing(&self) -> Standing {
        if self.request.state == State::DecisionPending
            && let Some((sense, grant)) = self.request.proposal
        {
            return Standing::Proposed(grant.filter(|_| sense == Sense::Favourable));
        }
        match self.choice.verdict {
            Verdict::Undecided => Standing::Undecided,
            Verdict::Refuse => Standing::Refused,
            Verdict::Grant => match self.grant() {
                Some(grant) => Standing::Granted(grant),
                None => Standing::Undecided,
            },
        }
    }

    /// What would be granted: what was chosen, or what is asked for.
    pub fn grant(&self) -> Option<Grant> {
        self.choice.grant.or_else(|| self.asked())
    }

    /// What is asked for.
    pub fn asked(&self) -> Option<Grant> {
        self.request.terms.map(|terms| terms.grant)
    }

    /// The terms with this grant.
    pub fn terms_with(&self, grant: Grant) -> Option<Terms> {
        self.request.terms.map(|terms| Terms { grant, ..terms })
    }

    fn takes(&self, grant: Option<Grant>) -> Dotation {
        let Some(terms) = grant.and_then(|grant| self.terms_with(grant)) else {
            return Dotation::default();
        };
        let mut year = self.before.clone();
        let already = Dotation::of_year(&year);
        year.push(terms);
        Dotation::of_year(&year) - already
    }

    /// What it would take from the envelope if all that is asked for were granted.
    pub fn asks(&self) -> Dotation {
        self.takes(self.asked())
    }

    /// What it takes from the envelope in this simulation, beyond what it takes already.
    pub fn costs(&self) -> Dotation {
        match self.standing() {
            Standing::Granted(grant) | Standing::Proposed(Some(grant)) => self.takes(Some(grant)),
            Standing::Undecided | Standing::Refused | Standing::Proposed(None) => {
                Dotation::default()
            }
        }
    }

    /// Whether its amount in euros cannot be computed.
    pub fn is_without_amount(&self) -> bool {
        self.request.terms.is_none_or(|terms| terms.total().is_none())
    }

    /// Whether the structure deposited again since the choice was made.
    pub fn has_moved(&self) -> bool {
        self.choice.deposit > 0 && self.choice.deposit != self.request.deposit
    }

    /// Whether choices may be made on it: not once it is proposed.
    pub fn is_open(&self) -> bool {
        self.request.state != State::DecisionPending
    }
}

/// Sums of a simulation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// Requests.
    pub requests: u32,
    /// What they ask for.
    pub asked: Dotation,
    /// How many would be granted, those that are proposed in favour among them.
    pub granted: u32,
    /// What they would take.
    pub costs: Dotation,
    /// How many would be refused, or are proposed against.
    pub refused: u32,
    /// How many are to be looked at.
    pub undecided: u32,
    /// What those ask for.
    pub waiting: Dotation,
    /// How many have no amount in euros.
    pub without_amount: u32,
    /// Those that are proposed already.
    pub proposed: u32,
}

impl Totals {
    /// The sums of these lines.
    pub fn of(lines: &[Line]) -> Self {
        let mut totals = Self::default();
        for line in lines {
            totals.requests += 1;
            totals.asked += line.asks();
            totals.costs += line.costs();
            totals.without_amount += u32::from(line.is_without_amount());
            match line.standing() {
                Standing::Granted(_) => totals.granted += 1,
                Standing::Refused => totals.refused += 1,
                Standing::Undecided => {
                    totals.undecided += 1;
                    totals.waiting += line.asks();
                }
                Standing::Proposed(grant) => {
                    totals.proposed += 1;
                    totals.granted += u32::from(grant.is_some());
                    totals.refused += u32::from(grant.is_none());
                }
            }
        }
        totals
    }

    /// What is left of an envelope's rest.
    pub fn rest(&self, rest: Option<Dotation>) -> Option<Dotation> {
        rest.map(|rest| rest - self.costs)
    }
}

/// What a change is of what was, in percent with two decimals, signed; `None` when nothing was.
pub fn evolution(before: i64, now: i64) -> Option<Hundredths> {
    (before > 0).then(|| {
        let change = i128::from(now) - i128::from(before);
        Hundredths(crate::money::divide(change * 10_000, before.into()))
    })
}

#[cfg(test)]
pub(crate) mod tests;
