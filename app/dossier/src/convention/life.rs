//! Where a convention stands: what its deeds make together.

use form::{Cents, Date};

use super::{Deed, DeedKind, Motive, Said, answer_until};
use crate::id::AccountId;

/// What waits for a signature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prepared {
    /// What.
    pub kind: DeedKind,
    /// What it says.
    pub said: Said,
    /// Who prepared it: somebody else signs.
    pub by: AccountId,
}

/// A suspension.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suspension {
    /// From when.
    pub from: Date,
    /// Its last day, when it is known.
    pub until: Option<Date>,
    /// Why.
    pub words: String,
}

impl Suspension {
    /// Whether it holds, or will.
    pub fn is_open(&self, today: Date) -> bool {
        self.until.is_none_or(|last| last >= today)
    }
}

/// A termination that is under way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Procedure {
    /// Why.
    pub motive: Motive,
    /// What the letter says.
    pub words: String,
    /// The day of its signature.
    pub signed: Date,
    /// The day on which the structure received it.
    pub received: Option<Date>,
    /// How often the structure answered.
    pub answers: u32,
}

impl Procedure {
    /// The last day that the structure has to answer.
    pub fn answer_until(&self) -> Option<Date> {
        self.received.and_then(answer_until)
    }
}

/// A termination that was decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ended {
    /// The last day of the convention and of its annexes.
    pub on: Date,
    /// Sums to pay back, as the decision says them.
    pub owed: Option<Cents>,
}

/// Where a convention stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Life {
    /// What waits for a signature.
    pub prepared: Option<Prepared>,
    /// The last suspension, unless it was lifted.
    pub suspension: Option<Suspension>,
    /// The termination that is under way.
    pub procedure: Option<Procedure>,
    /// The termination that was decided.
    pub ended: Option<Ended>,
}

impl Life {
    /// What these deeds make, in the order in which they were done.
    pub fn of<'a>(deeds: impl IntoIterator<Item = &'a Deed>) -> Self {
        deeds.into_iter().fold(Self::default(), Self::after)
    }

    /// After one more.
    #[must_use]
    pub fn after(mut self, deed: &Deed) -> Self {
        let Deed { kind, said, on, by } = deed;
        match kind {
            DeedKind::PrepareSuspension
            | DeedKind::PrepareLetter
            | DeedKind::PrepareTermination => {
                self.prepared = Some(Prepared { kind: *kind, said: said.clone(), by: by.clone() });
            }
            DeedKind::TakeBack => self.prepared = None,
            DeedKind::Suspend => {
                self.prepared = None;
                self.suspension = Some(Suspension {
                    from: said.day.unwrap_or(*on),
                    until: said.until,
                    words: said.words.clone(),
                });
            }
            DeedKind::Lift => self.suspension = None,
            DeedKind::SignLetter => {
                self.prepared = None;
                self.procedure = Some(Procedure {
                    motive: said.motive.unwrap_or(Motive::NotKept),
                    words: said.words.clone(),
                    signed: *on,
                    received: None,
                    answers: 0,
                });
            }
            DeedKind::Receive => {
                if let Some(procedure) = &mut self.procedure {
                    procedure.received = said.day;
                }
            }
            DeedKind::Answer => {
                if let Some(procedure) = &mut self.procedure {
                    procedure.answers = procedure.answers.saturating_add(1);
                }
            }
            DeedKind::Close => {
                self.procedure = None;
                self.prepared =
                    self.prepared.filter(|one| one.kind != DeedKind::PrepareTermination);
            }
            DeedKind::Terminate => {
                self.prepared = None;
                self.procedure = None;
                self.ended = Some(Ended { on: said.day.unwrap_or(*on), owed: said.owed });
            }
        }
        self
    }

    /// Whether the convention is over by a termination: its last day is past.
    pub fn is_over(&self, today: Date) -> bool {
        self.ended.is_some_and(|ended| ended.on < today)
    }

    /// The suspension that holds, or will; none once the convention is over.
    pub fn open_suspension(&self, today: Date) -> Option<&Suspension> {
        let over = self.is_over(today);
        self.suspension.as_ref().filter(|one| !over && one.is_open(today))
    }

    /// Whether the flag of the ASP is up today.
    pub fn is_suspended(&self, today: Date) -> bool {
        self.open_suspension(today).is_some_and(|one| one.from <= today)
    }
}
