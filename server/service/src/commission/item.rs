//! A dossier on an agenda, and one that waits for one.

use dossier::{
    act::{Circuit, Sense, opinion_due, opinion_is_deemed},
    commission::{Purpose, Standing, Wait},
    id::DossierId,
    state::State,
};
use form::{Date, Hundredths};

use crate::Millis;

/// What the commission said of a dossier, as it was noted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opinion {
    /// In which sense.
    pub sense: Sense,
    /// Why.
    pub words: String,
    /// When it was noted.
    pub at: Millis,
    /// Name of who noted it.
    pub by_name: String,
}

/// A dossier on an agenda.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// The dossier.
    pub dossier: DossierId,
    /// What for.
    pub purpose: Purpose,
    /// How it stands there.
    pub standing: Standing,
    /// Ordinal of the deposit that the pack shows.
    pub deposit: u32,
    /// When it was put on the agenda.
    pub put_at: Millis,
    /// How the agent presents it to the members; may be empty.
    pub words: String,
    /// How often that was written.
    pub words_version: u32,
    /// When that was written last.
    pub words_at: Option<Millis>,
    /// Name of the structure.
    pub structure_name: String,
    /// Kind of structure.
    pub kind: String,
    /// Nature of the request.
    pub nature: String,
    /// Year that is asked for.
    pub year: i32,
    /// Where the dossier stands.
    pub state: State,
    /// ETP that are asked for, and those of the annexe in force, by the last deposit.
    pub etp: (Option<Hundredths>, Option<Hundredths>),
    /// How many times it was deposited.
    pub deposits: u32,
    /// When it was last deposited.
    pub deposited_at: Millis,
    /// When the commission was last asked for its opinion.
    pub referred_at: Option<Millis>,
    /// What it said: at this sitting, or else since it was last asked.
    pub opinion: Option<Opinion>,
}

/// What came of a dossier on an agenda.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It waits for an opinion, until a day when the month began to run.
    Awaited(Option<Date>),
    /// Nobody noted an opinion, and the month was over on that day: it is deemed given, in no sense.
    Deemed(Date),
    /// An opinion was noted.
    Noted(Opinion),
    /// It is there for information.
    Known,
    /// It goes to another sitting.
    Postponed,
    /// It waits for nothing any more.
    Gone,
}

impl Item {
    /// The circuit by which it is there.
    pub fn circuit(&self) -> Circuit {
        Circuit::of(&self.nature, self.etp.0, self.etp.1)
    }

    /// The last day that the commission has.
    pub fn due(&self) -> Option<Date> {
        self.referred_at.and_then(Millis::day_in_paris).and_then(opinion_due)
    }

    /// What came of it, as of today.
    pub fn outcome(&self, today: Date) -> Outcome {
        let noted = self.opinion.clone().map(Outcome::Noted);
        match (self.standing, self.purpose) {
            (Standing::Postponed, _) => Outcome::Postponed,
            (Standing::Shelved, _) => Outcome::Gone,
            (_, Purpose::Information) => Outcome::Known,
            (Standing::Heard | Standing::Informed, Purpose::Opinion) => {
                noted.unwrap_or(Outcome::Gone)
            }
            (Standing::Open, Purpose::Opinion) => noted.unwrap_or_else(|| {
                let asked = self.referred_at.and_then(Millis::day_in_paris);
                match (self.state, self.due()) {
                    (State::Commission, Some(due))
                        if asked.is_some_and(|asked| opinion_is_deemed(asked, today)) =>
                    {
                        Outcome::Deemed(due)
                    }
                    (State::Commission, due) => Outcome::Awaited(due),
                    _ => Outcome::Gone,
                }
            }),
        }
    }

    /// Whether the sitting is to say something of it.
    pub fn is_awaited(&self, today: Date) -> bool {
        self.standing == Standing::Open
            && matches!(self.outcome(today), Outcome::Awaited(_) | Outcome::Deemed(_))
    }

    /// Whether an opinion on it may be noted, or noted anew.
    pub fn is_noted_here(&self) -> bool {
        self.purpose == Purpose::Opinion
            && self.state == State::Commission
            && matches!(self.standing, Standing::Open | Standing::Heard)
    }

    /// Whether the structure deposited again since the pack was made from it.
    pub fn has_moved(&self) -> bool {
        self.deposits > self.deposit
    }
}

/// A dossier that waits for the commission, on no agenda yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// The dossier.
    pub dossier: DossierId,
    /// What it waits for.
    pub wait: Wait,
    /// Département of deposit.
    pub department: String,
    /// Name of the structure.
    pub structure_name: String,
    /// Kind of structure.
    pub kind: String,
    /// Nature of the request.
    pub nature: String,
    /// Year that is asked for.
    pub year: i32,
    /// Where it stands.
    pub state: State,
    /// ETP that are asked for, and those of the annexe in force.
    pub etp: (Option<Hundredths>, Option<Hundredths>),
    /// Ordinal of its last deposit.
    pub deposit: u32,
    /// When the commission was last asked for its opinion.
    pub referred_at: Option<Millis>,
}

impl Waiting {
    /// The circuit by which it goes before the commission.
    pub fn circuit(&self) -> Circuit {
        Circuit::of(&self.nature, self.etp.0, self.etp.1)
    }

    /// The last day that the commission has, once it was asked.
    pub fn due(&self) -> Option<Date> {
        let asked = self.referred_at.filter(|_| self.wait == Wait::Opinion);
        asked.and_then(Millis::day_in_paris).and_then(opinion_due)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: i64 = 24 * 3_600_000;

    fn item() -> Item {
        Item {
            dossier: "D".into(),
            purpose: Purpose::Opinion,
            standing: Standing::Open,
            deposit: 1,
            put_at: Millis(0),
            words: String::new(),
            words_version: 0,
            words_at: None,
            structure_name: "S".into(),
            kind: "ACI".into(),
            nature: "first".into(),
            year: 2027,
            state: State::Commission,
            etp: (None, None),
            deposits: 1,
            deposited_at: Millis(0),
            referred_at: Some(Millis(DAY / 2)),
            opinion: None,
        }
    }

    #[test]
    fn an_opinion_is_awaited_then_deemed_given_and_never_an_agreement() {
        let item = item();
        let day = |text: &str| Date::parse_iso(text).unwrap();
        let last = day("1970-02-01");
        assert_eq!(item.outcome(last), Outcome::Awaited(Some(last)));
        assert_eq!(item.outcome(day("1970-02-02")), Outcome::Deemed(last));
        assert!(item.is_awaited(day("1970-02-02")), "it may still be noted, or postponed");
        let noted = Opinion {
            sense: Sense::Unfavourable,
            words: "x".into(),
            at: Millis(DAY),
            by_name: "A".into(),
        };
        let said = Item { opinion: Some(noted.clone()), ..item.clone() };
        assert_eq!(said.outcome(day("1970-02-02")), Outcome::Noted(noted));
        assert!(!said.is_awaited(last));
        let decided = Item { state: State::Accepted, ..item.clone() };
        assert_eq!(decided.outcome(last), Outcome::Gone);
        let later = Item { standing: Standing::Postponed, ..said };
        assert_eq!(later.outcome(last), Outcome::Postponed);
        let known = Item { purpose: Purpose::Information, ..item };
        assert!(known.outcome(last) == Outcome::Known && !known.is_awaited(last));
    }

    #[test]
    fn a_second_deposit_is_told() {
        assert!(!item().has_moved());
        assert!(Item { deposits: 2, ..item() }.has_moved());
    }
}
