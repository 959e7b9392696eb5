//! The life of a convention once it is signed: suspension, and termination with the month that the
//! structure has to answer (domain reference 2.1 point 9, 2.3). Everything is said by [deeds](Deed), one
//! after the other, and never taken back: where a convention stands is what they make together.

mod deed;
mod life;
mod rules;

use form::Date;

pub use self::{
    deed::{Deed, DeedKind, Motive, Said},
    life::{Ended, Life, Prepared, Procedure, Suspension},
    rules::{LONGEST, MOST_BACK, Refused, SHORTEST, may},
};

/// The same day of the month after; of a month that is too short, its last day. Months that a text gives
/// are counted so, from date to date.
pub fn month_after(day: Date) -> Option<Date> {
    let next = day.year() * 12 + i32::from(day.month());
    let month = u8::try_from(next.rem_euclid(12) + 1).ok()?;
    let on = |day| Date::new(next.div_euclid(12), month, day);
    (28..=day.day()).rev().find_map(on).or_else(|| on(day.day()))
}

/// The last day that a structure has to answer to the letter that it received on this day: a month at
/// least (code du travail, R. 5132-5, R. 5132-10-10). The day of the reception is not counted, the last
/// one is the structure's to its end; one that falls on a Saturday or a Sunday goes to the Monday, since
/// a shorter time would not be the month that is due.
pub fn answer_until(received: Date) -> Option<Date> {
    let last = month_after(received)?;
    // 1 January 1970 was a Thursday.
    let more = match (last.days_since_epoch() + 3).rem_euclid(7) {
        5 => 2,
        6 => 1,
        _ => 0,
    };
    Date::from_days_since_epoch(last.days_since_epoch() + more)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> Date {
        Date::parse_iso(text).unwrap()
    }

    #[test]
    fn a_month_goes_from_date_to_date_and_ends_with_a_short_one() {
        for (received, last) in [
            ("2026-03-16", "2026-04-16"),
            ("2026-12-31", "2027-02-01"),
            ("2027-01-28", "2027-03-01"),
            ("2027-01-29", "2027-03-01"),
            ("2027-01-31", "2027-03-01"),
            ("2028-01-31", "2028-02-29"),
            ("2027-02-28", "2027-03-29"),
            ("2026-08-31", "2026-09-30"),
            ("2026-09-05", "2026-10-05"),
            ("2026-09-03", "2026-10-05"),
            ("2026-09-04", "2026-10-05"),
        ] {
            assert_eq!(answer_until(day(received)), Some(day(last)), "received {received}");
        }
        assert_eq!(month_after(day("2027-01-31")), Some(day("2027-02-28")));
    }

    proptest! {
        #[test]
        fn it_is_never_shorter_than_february_nor_on_a_weekend(days in 0..60_000_i64) {
            let received = Date::from_days_since_epoch(days).unwrap();
            let until = answer_until(received).unwrap().days_since_epoch();
            prop_assert!((28..=33).contains(&(until - days)));
            prop_assert!((until + 3).rem_euclid(7) < 5);
            prop_assert!(answer_until(Date::from_days_since_epoch(days + 1).unwrap()).unwrap()
                .days_since_epoch() >= until, "who received later never has less");
        }
    }
}
