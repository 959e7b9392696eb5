//! The annexe that bridges two years. The decision on a new year often comes months after its first day
//! (a median of 122 days in real files, domain reference 2.2): on the day after the last annexe ended,
//! the ASP opens a PROVISOIRE one with the same ETP, at the amount of the new year, so that nobody's aid
//! and rights stop because a paper is late.

use form::{Date, Hundredths};

use super::{Grant, PRISON_MODULATED, Terms, year_from};
use crate::reference::{self, AidKind, PUBLISHED, Perimeter, Territory};

/// What an annexe is of, as far as amounts depend on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Of<'a> {
    /// Kind of structure: "ACI".
    pub kind: &'a str,
    /// "DC" or "MP".
    pub perimeter: &'a str,
    /// Code of the département.
    pub department: &'a str,
}

/// The terms of the annexe that follows the last valid one of a convention, from the day after. None
/// when the convention ends first, or when the period that it would be for is over `today`.
///
/// The part modulée is agreed year by year: there is none before, but in prison, where it is always the
/// same. So is what the conseil départemental pays.
pub fn terms(last: &Terms, of: Of<'_>, convention_end: Date, today: Date) -> Option<Terms> {
    let start = Date::from_days_since_epoch(last.end.days_since_epoch() + 1)?;
    let end = year_from(start)?.min(convention_end);
    if end < start || end < today || today < start {
        return None;
    }
    let modulated = if of.perimeter == "MP" { PRISON_MODULATED } else { Hundredths(0) };
    let unit = AidKind::of(of.kind).and_then(|kind| {
        let (territory, perimeter) = (Territory::of(of.department), Perimeter::of(of.perimeter));
        reference::unit_amount(PUBLISHED, kind, territory, perimeter, start)
    });
    // Without an amount per ETP the year before, the aid is a flat rate: it stays one.
    let unit = last.unit.map(|before| unit.map_or(before, |row| row.cents));
    Some(Terms {
        start,
        end,
        grant: Grant { etp: last.grant.etp, modulated },
        months: u32::try_from(start.months_through(end)).ok()?,
        unit,
        departmental: None,
    })
}

/// Where a provisional annexe stands. It is computed from the annexes of its year, and kept nowhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Its period is to come, or runs: PROVISOIRE at the ASP.
    Runs,
    /// An annexe of its year was signed since: HISTORISE.
    Replaced,
    /// Its period ended without any.
    Over,
}

impl Standing {
    /// That of terms: `signed` says whether an annexe of the same year of the convention is.
    pub fn of(terms: &Terms, signed: bool, today: Date) -> Self {
        match (signed, terms.end < today) {
            (true, _) => Self::Replaced,
            (false, true) => Self::Over,
            (false, false) => Self::Runs,
        }
    }

    /// What people read.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Runs => "Provisoire",
            Self::Replaced => "Remplacée",
            Self::Over => "Terminée",
        }
    }
}

#[cfg(test)]
mod tests {
    use form::Cents;
    use proptest::prelude::*;

    use super::*;

    fn day(year: i32, month: u8, day: u8) -> Date {
        Date::new(year, month, day).unwrap()
    }

    const FINISTERE: Of<'_> = Of { kind: "ACI", perimeter: "DC", department: "29" };

    /// ACI 029 19 0009 A0 M2, as it was in 2019.
    fn last() -> Terms {
        Terms {
            start: day(2019, 1, 1),
            end: day(2019, 12, 31),
            grant: Grant { etp: Hundredths(14_55), modulated: Hundredths(6_00) },
            months: 12,
            unit: Some(Cents(2_019_900)),
            departmental: Some(Cents(100_000)),
        }
    }

    #[test]
    fn a_real_one_is_found_to_the_cent() {
        let (end, today) = (day(2021, 12, 31), day(2020, 1, 3));
        let found = terms(&last(), FINISTERE, end, today).unwrap();
        assert_eq!(
            (found.start, found.end, found.months),
            (day(2020, 1, 1), day(2020, 12, 31), 12)
        );
        assert_eq!(found.total(), Some(Cents(29_741_655)), "A1M0 of 2020");
        assert_eq!((found.grant.modulated, found.departmental), (Hundredths(0), None));
    }

    #[test]
    fn none_before_its_day_beyond_the_convention_or_too_late() {
        let found = |end, today| terms(&last(), FINISTERE, end, today);
        assert_eq!(found(day(2021, 12, 31), day(2019, 12, 31)), None, "the year runs");
        assert_eq!(found(day(2019, 12, 31), day(2020, 1, 1)), None, "the convention is over");
        assert_eq!(found(day(2021, 12, 31), day(2021, 1, 1)), None, "its year is over");
        let short = found(day(2020, 6, 30), day(2020, 1, 1)).unwrap();
        assert_eq!(
            (short.end, short.months),
            (day(2020, 6, 30), 6),
            "to the end of the convention"
        );
    }

    #[test]
    fn prison_keeps_its_rate_and_a_flat_rate_stays_one() {
        let (end, today) = (day(2027, 12, 31), day(2026, 1, 1));
        let last = Terms { start: day(2025, 1, 1), end: day(2025, 12, 31), ..last() };
        let prison = Of { perimeter: "MP", ..FINISTERE };
        assert_eq!(terms(&last, prison, end, today).unwrap().grant.modulated, PRISON_MODULATED);
        let (flat, eiti) = (Terms { unit: None, ..last }, Of { kind: "EITI", ..FINISTERE });
        assert_eq!(terms(&flat, eiti, end, today).unwrap().unit, None);
    }

    #[test]
    fn it_stands_until_one_of_its_year_is_signed() {
        let (terms, today) = (last(), day(2019, 4, 1));
        assert_eq!(Standing::of(&terms, false, today), Standing::Runs);
        assert_eq!(Standing::of(&terms, true, today), Standing::Replaced);
        assert_eq!(Standing::of(&terms, false, day(2020, 1, 1)), Standing::Over);
    }

    proptest! {
        #[test]
        fn it_follows_without_a_gap_within_the_convention(
            first in 17_000..22_000_i64, length in 0..366_i64, left in -10..1_200_i64, now in 0..800_i64,
        ) {
            let date = |days: i64| Date::from_days_since_epoch(days).unwrap();
            let last = Terms { start: date(first), end: date(first + length), ..last() };
            let (end, today) = (date(first + length + left), date(first + length + now));
            if let Some(found) = terms(&last, FINISTERE, end, today) {
                prop_assert_eq!(found.start.days_since_epoch(), last.end.days_since_epoch() + 1);
                prop_assert!(found.start <= today && today <= found.end && found.end <= end);
                prop_assert_eq!(found.grant.etp, last.grant.etp);
                prop_assert!((1..=13).contains(&found.months));
            }
        }
    }
}
