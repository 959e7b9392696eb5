//! Envelopes: what the State may spend in a year on one kind of structure somewhere, in ETP and in euros,
//! and what is left of it. Pure: what was notified, granted and asked is given; nothing is stored here.
//!
//! What an annexe takes from an envelope is the State's part of it: the ETP of its months once the share
//! of the conseil départemental is taken off, the aid without that share, and the part modulée at most.

use std::ops::{Add, AddAssign, Sub};

use form::{Cents, Date, Hundredths};

use crate::{annex::Terms, money, place::Place};

/// Kinds of structures that have envelopes, by the value of `demande.siae_kind`.
pub const KINDS: [&str; 5] = ["ACI", "AI", "EI", "ETTI", "EITI"];
/// Longest reason of a change, in characters.
pub const LONGEST_REASON: usize = 500;
/// Most ETP of an envelope, in hundredths, and most cents: far above the whole country.
const MOST: (i64, i64) = (99_999_999, 999_999_999_999);

/// An amount of an envelope: ETP over a year and euros, both exact. Below zero for what is over.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Dotation {
    /// ETP over the year.
    pub etp: Hundredths,
    /// Euros.
    pub cents: Cents,
}

impl Dotation {
    /// From hundredths of an ETP and cents.
    pub const fn new(etp: i64, cents: i64) -> Self {
        Self { etp: Hundredths(etp), cents: Cents(cents) }
    }

    /// As somebody wrote it: "310,50" and "6 200 000".
    pub fn read(etp: &str, euros: &str) -> Option<Self> {
        let figure = |text: &str| form::number::parse_scaled(text, 2).ok();
        Some(Self::new(figure(etp)?, figure(euros)?))
    }

    /// Whether an envelope may be that large.
    pub const fn is_fair(self) -> bool {
        0 <= self.etp.0 && self.etp.0 <= MOST.0 && 0 <= self.cents.0 && self.cents.0 <= MOST.1
    }

    /// Whether both are at most those of another.
    pub const fn fits(self, other: Self) -> bool {
        self.etp.0 <= other.etp.0 && self.cents.0 <= other.cents.0
    }

    /// How far it is below zero, as positive figures; `None` when it is not.
    pub fn over(self) -> Option<Self> {
        let over = Self::new((-self.etp.0).max(0), (-self.cents.0).max(0));
        (over != Self::default()).then_some(over)
    }

    /// What an annexe with these terms takes from the State's envelope.
    pub fn of(terms: &Terms) -> Self {
        let total = terms.total().unwrap_or_default();
        let departmental = terms.departmental.unwrap_or_default().0.clamp(0, total.0);
        let (_, etp) = money::split_etp(terms.grant.etp, terms.months, Cents(departmental), total);
        let modulated = terms.modulated().unwrap_or_default();
        Self { etp, cents: Cents(total.0 - departmental + modulated.0) }
    }

    /// What the annexes of one convention and year take together, oldest first: each holds until the one
    /// that changes it begins.
    pub fn of_year(annexes: &[Terms]) -> Self {
        let next = annexes.iter().skip(1).map(|one| Some(one.start)).chain([None]);
        annexes.iter().zip(next).map(|(terms, next)| Self::of(&until(*terms, next))).sum()
    }
}

/// Terms that hold until the month of a day, which is no more of theirs.
fn until(terms: Terms, next: Option<Date>) -> Terms {
    let Some(next) = next else { return terms };
    // From January to June are five months before June, whatever the days.
    let months = u32::try_from(terms.start.months_through(next) - 1).unwrap_or(0);
    if months >= terms.months {
        return terms;
    }
    let departmental = terms.departmental.map(|part| {
        let part = i128::from(part.0) * i128::from(months);
        Cents(money::divide(part, terms.months.into()))
    });
    Terms { months, departmental, ..terms }
}

impl Add for Dotation {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self::new(
            self.etp.0.saturating_add(other.etp.0),
            self.cents.0.saturating_add(other.cents.0),
        )
    }
}

impl Sub for Dotation {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self::new(
            self.etp.0.saturating_sub(other.etp.0),
            self.cents.0.saturating_sub(other.cents.0),
        )
    }
}

impl AddAssign for Dotation {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl std::iter::Sum for Dotation {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Self::default(), Add::add)
    }
}

/// An envelope and what was made of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Balance {
    /// What was notified, or delegated from above; `None` when nothing was yet.
    pub given: Option<Dotation>,
    /// Of it, what was delegated below.
    pub delegated: Dotation,
    /// What annexes of the year take, signed or not.
    pub granted: Dotation,
    /// What requests that are being instructed would take.
    pub asked: Dotation,
    /// Requests whose amount in euros nobody can compute: a flat rate, or a deposit without a period.
    pub without_amount: u32,
    /// Requests that are being instructed.
    pub requests: u32,
}

impl Balance {
    /// What no annexe takes yet.
    pub fn rest(&self) -> Option<Dotation> {
        self.given.map(|given| given - self.granted)
    }

    /// What would be left if everything that is asked for were granted.
    pub fn rest_if_all(&self) -> Option<Dotation> {
        self.rest().map(|rest| rest - self.asked)
    }

    /// What is not delegated yet.
    pub fn to_delegate(&self) -> Option<Dotation> {
        self.given.map(|given| given - self.delegated)
    }

    /// Two envelopes together. What was notified counts where it was.
    #[must_use]
    pub fn with(&self, other: &Self) -> Self {
        Self {
            given: match (self.given, other.given) {
                (Some(one), Some(two)) => Some(one + two),
                (one, two) => one.or(two),
            },
            delegated: self.delegated + other.delegated,
            granted: self.granted + other.granted,
            asked: self.asked + other.asked,
            without_amount: self.without_amount + other.without_amount,
            requests: self.requests + other.requests,
        }
    }
}

/// Why an envelope is not set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SetRefused {
    /// The figures do not read, or are out of bounds.
    BadAmount,
    /// No reason, or one too long.
    NoReason,
    /// Nothing would change.
    Same,
    /// The region has no envelope to delegate from.
    NothingToDelegate,
    /// Together, the départements would have this much more than the region.
    OverRegion(Dotation),
    /// The départements have this much more already than the region would.
    BelowDelegated(Dotation),
}

/// Whether an envelope may become this: the départements never have more than their region. `family` are
/// the envelopes of one kind and year that share a regional one, as they are.
///
/// # Errors
/// See [`SetRefused`].
pub fn may_set(
    place: &Place,
    to: Dotation,
    reason: &str,
    family: &[(Place, Dotation)],
) -> Result<(), SetRefused> {
    if !to.is_fair() {
        return Err(SetRefused::BadAmount);
    }
    let now = family.iter().find(|(one, _)| one == place).map(|(_, now)| *now);
    if now == Some(to) {
        return Err(SetRefused::Same);
    }
    let length = reason.trim().chars().count();
    if length == 0 || length > LONGEST_REASON {
        return Err(SetRefused::NoReason);
    }
    let is_below = |one: &Place| matches!(one, Place::Department(_)) && one != place;
    let others: Dotation =
        family.iter().filter(|(one, _)| is_below(one)).map(|(_, given)| *given).sum();
    match place {
        Place::Region(_) => match (to - others).over() {
            Some(over) => Err(SetRefused::BelowDelegated(over)),
            None => Ok(()),
        },
        Place::Department(_) if place.region().is_none() => Ok(()),
        Place::Department(_) => {
            let region = family.iter().find(|(one, _)| matches!(one, Place::Region(_)));
            let Some((_, region)) = region else { return Err(SetRefused::NothingToDelegate) };
            match (*region - others - to).over() {
                Some(over) => Err(SetRefused::OverRegion(over)),
                None => Ok(()),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::annex::Grant;

    fn terms(etp: &str, modulated: &str, months: u32, departmental: Option<i64>) -> Terms {
        Terms {
            start: Date::new(2027, 1, 1).unwrap(),
            end: Date::new(2027, 12, 31).unwrap(),
            grant: Grant::read(etp, modulated).unwrap(),
            months,
            unit: Some(Cents(2_019_900)),
            departmental: departmental.map(Cents),
        }
    }

    #[test]
    fn an_annexe_takes_the_part_of_the_state() {
        // 15,60 × 20 199 = 315 104,40; the département pays 72 150,90 of it.
        let shared = Dotation::of(&terms("15,60", "", 12, Some(7_215_090)));
        assert_eq!(shared, Dotation::new(1_203, 31_510_440 - 7_215_090));
        let with = Dotation::of(&terms("15,60", "6", 12, Some(7_215_090)));
        assert_eq!(with.cents.0 - shared.cents.0, 1_890_626, "6 % of the socle, at most");
        let half = Dotation::of(&terms("10", "", 6, None));
        assert_eq!(half, Dotation::new(500, 10_099_500), "half a year is half the ETP");
        let flat = Terms { unit: None, ..terms("10", "", 12, Some(100)) };
        assert_eq!(Dotation::of(&flat), Dotation::new(1_000, 0), "a flat rate has no amount");
        let more = Dotation::of(&terms("1", "", 12, Some(99_999_999)));
        assert_eq!(more, Dotation::new(0, 0), "never below zero");
    }

    #[test]
    fn an_annexe_holds_until_the_one_that_changes_it() {
        let whole = terms("10", "", 12, Some(1_200_000));
        let june = Terms { start: Date::new(2027, 6, 1).unwrap(), ..terms("12", "", 7, None) };
        // Five months of the first (less five twelfths of the share), seven of the second.
        let first = Dotation::of(&Terms { months: 5, departmental: Some(Cents(500_000)), ..whole });
        assert_eq!(Dotation::of_year(&[whole, june]), first + Dotation::of(&june));
        let again = Terms { grant: Grant::read("8", "").unwrap(), ..whole };
        assert_eq!(Dotation::of_year(&[whole, again]), Dotation::of(&again), "from the same day");
        assert_eq!(Dotation::of_year(&[]), Dotation::default());
    }

    fn region() -> Place {
        Place::from_code("R27").unwrap()
    }

    fn department(code: &str) -> Place {
        Place::Department(code.to_owned())
    }

    #[test]
    fn departements_never_have_more_than_their_region() {
        let family = vec![
            (region(), Dotation::new(10_000, 1_000_000)),
            (department("58"), Dotation::new(4_000, 400_000)),
            (department("21"), Dotation::new(5_000, 500_000)),
        ];
        let set =
            |place: &Place, etp, cents| may_set(place, Dotation::new(etp, cents), "x", &family);
        assert_eq!(set(&department("58"), 5_000, 500_000), Ok(()), "all of it");
        let over = SetRefused::OverRegion(Dotation::new(1, 0));
        assert_eq!(set(&department("58"), 5_001, 500_000), Err(over));
        let over = SetRefused::OverRegion(Dotation::new(0, 1));
        assert_eq!(set(&department("71"), 1_000, 100_001), Err(over));
        assert_eq!(set(&region(), 9_000, 900_000), Ok(()));
        let below = SetRefused::BelowDelegated(Dotation::new(1, 100_000));
        assert_eq!(set(&region(), 8_999, 800_000), Err(below));
        assert_eq!(set(&department("58"), 4_000, 400_000), Err(SetRefused::Same));
        assert_eq!(set(&department("58"), -1, 0), Err(SetRefused::BadAmount));
        let mute = may_set(&region(), Dotation::new(1, 1), "  ", &[]);
        assert_eq!(mute, Err(SetRefused::NoReason));
        let long = "é".repeat(LONGEST_REASON + 1);
        assert_eq!(may_set(&region(), Dotation::new(1, 1), &long, &[]), Err(SetRefused::NoReason));
        let alone = may_set(&department("58"), Dotation::new(1, 1), "x", &[]);
        assert_eq!(alone, Err(SetRefused::NothingToDelegate));
        let without = may_set(&department("975"), Dotation::new(1, 1), "x", &[]);
        assert_eq!(without, Ok(()), "a collectivité without region has its own");
    }

    #[test]
    fn what_is_left_is_what_was_given_less_what_was_granted() {
        let balance = Balance {
            given: Some(Dotation::new(1_000, 500)),
            granted: Dotation::new(400, 600),
            asked: Dotation::new(700, 100),
            ..Balance::default()
        };
        assert_eq!(balance.rest(), Some(Dotation::new(600, -100)));
        assert_eq!(balance.rest().unwrap().over(), Some(Dotation::new(0, 100)));
        assert_eq!(balance.rest_if_all(), Some(Dotation::new(-100, -200)));
        assert_eq!(Balance::default().rest(), None, "nothing was notified");
        let both = balance.with(&Balance::default());
        assert_eq!(both, balance);
    }

    proptest! {
        #[test]
        fn whatever_is_accepted_the_sum_stays_within_the_region(
            steps in prop::collection::vec(
                (0..4_usize, 0_i64..2_000, 0_i64..2_000), 1..40),
        ) {
            let places = [region(), department("58"), department("21"), department("71")];
            let mut family: Vec<(Place, Dotation)> = Vec::new();
            for (rank, etp, cents) in steps {
                let (place, to) = (&places[rank], Dotation::new(etp, cents));
                if may_set(place, to, "x", &family).is_ok() {
                    family.retain(|(one, _)| one != place);
                    family.push((place.clone(), to));
                }
                let of = |is_region: bool| -> Dotation {
                    let one = family.iter().filter(|(p, _)| matches!(p, Place::Region(_)) == is_region);
                    one.map(|(_, given)| *given).sum()
                };
                prop_assert!(of(false).fits(of(true)), "{family:?}");
            }
        }
    }
}
