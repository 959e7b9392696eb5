//! Calendar dates and months without a clock and without a time zone.

use std::fmt;

/// A day of the Gregorian calendar. `Display` and [`Date::parse_iso`] use `AAAA-MM-JJ`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    year: i32,
    month: u8,
    day: u8,
}

impl Date {
    /// `None` when there is no such day, or the year is outside 1800–2200.
    pub fn new(year: i32, month: u8, day: u8) -> Option<Self> {
        let exists = (1800..=2200).contains(&year)
            && (1..=12).contains(&month)
            && (1..=days_in_month(year, month)).contains(&day);
        exists.then_some(Self { year, month, day })
    }

    /// Year, four digits.
    pub fn year(self) -> i32 {
        self.year
    }

    /// Month, 1 to 12.
    pub fn month(self) -> u8 {
        self.month
    }

    /// Day of the month, 1 to 31.
    pub fn day(self) -> u8 {
        self.day
    }

    /// Reads what people type (`31/12/2026`, `1.2.26`, `2026-12-31`). Two-digit years are 2000–2099.
    pub fn parse(text: &str) -> Option<Self> {
        let parts: Vec<&str> = text.split(['/', '-', '.', ' ']).collect();
        let &[a, b, c] = parts.as_slice() else { return None };
        let (year, month, day) = if a.len() == 4 { (a, b, c) } else { (c, b, a) };
        let year: i32 = match year.len() {
            2 => 2000 + digits(year)?,
            4 => digits(year)?,
            _ => return None,
        };
        Self::new(year, digits(month)?.try_into().ok()?, digits(day)?.try_into().ok()?)
    }

    /// Reads the canonical form, `2026-12-31`.
    pub fn parse_iso(text: &str) -> Option<Self> {
        (text.len() == 10 && text.as_bytes().get(4) == Some(&b'-'))
            .then(|| Self::parse(text))
            .flatten()
    }

    /// Whether this is the last day of its month.
    pub fn is_last_of_month(self) -> bool {
        self.day == days_in_month(self.year, self.month)
    }

    /// Months covered from `self` to `end`, both months counted: 1 January to 31 December is 12.
    pub fn months_through(self, end: Self) -> i32 {
        (end.year - self.year) * 12 + i32::from(end.month) - i32::from(self.month) + 1
    }

    /// Days since 1 January 1970 (negative before).
    pub fn days_since_epoch(self) -> i64 {
        // Howard Hinnant's civil-from-days, March-based years.
        let year = i64::from(self.year) - i64::from(self.month <= 2);
        let era = year.div_euclid(400);
        let of_era = year.rem_euclid(400);
        let month = (i64::from(self.month) + 9) % 12;
        let of_year = (153 * month + 2) / 5 + i64::from(self.day) - 1;
        era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
    }

    /// The day `days` after 1 January 1970; `None` outside 1800–2200.
    pub fn from_days_since_epoch(days: i64) -> Option<Self> {
        let z = days + 719_468;
        let era = z.div_euclid(146_097);
        let of_era = z.rem_euclid(146_097);
        let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted = (5 * of_year + 2) / 153;
        let day = of_year - (153 * shifted + 2) / 5 + 1;
        let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
        let year = year_of_era + era * 400 + i64::from(month <= 2);
        Self::new(year.try_into().ok()?, month.try_into().ok()?, day.try_into().ok()?)
    }

    /// `31/12/2026`.
    pub fn french(self) -> String {
        format!("{:02}/{:02}/{}", self.day, self.month, self.year)
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

/// A month, canonical `AAAA-MM`; people also type `12/2026`.
pub fn parse_month(text: &str) -> Option<(i32, u8)> {
    let (a, b) = text.split_once(['/', '-', '.', ' '])?;
    let (year, month) = if a.len() == 4 { (a, b) } else { (b, a) };
    let month: u8 = digits(month)?.try_into().ok()?;
    (year.len() == 4 && (1..=12).contains(&month)).then_some((digits(year)?, month))
}

fn digits(text: &str) -> Option<i32> {
    (!text.is_empty() && text.len() <= 4 && text.bytes().all(|b| b.is_ascii_digit()))
        .then(|| text.parse().ok())
        .flatten()
}

fn days_in_month(year: i32, month: u8) -> u8 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn people_write_dates_in_several_ways() {
        let day = Date::new(2026, 12, 31);
        for text in ["31/12/2026", "31-12-26", "31.12.2026", "2026-12-31"] {
            assert_eq!(Date::parse(text), day, "{text}");
        }
        for text in ["31/11/2026", "29/02/2026", "2026/13/01", "12/2026", "", "1/2/3", "a/b/2026"] {
            assert_eq!(Date::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_year_has_twelve_months() {
        let (start, end) = (Date::new(2026, 1, 1), Date::new(2026, 12, 31));
        assert_eq!(start.zip(end).map(|(s, e)| s.months_through(e)), Some(12));
    }

    #[test]
    fn months_are_read_both_ways() {
        assert_eq!(parse_month("03/2026"), Some((2026, 3)));
        assert_eq!(parse_month("2026-03"), Some((2026, 3)));
        assert_eq!(parse_month("13/2026"), None);
    }

    proptest! {
        #[test]
        fn days_and_dates_are_one_to_one(days in -60_000_i64..80_000) {
            let date = Date::from_days_since_epoch(days).unwrap();
            prop_assert_eq!(date.days_since_epoch(), days);
            prop_assert_eq!(Date::parse_iso(&date.to_string()), Some(date));
            prop_assert_eq!(Date::parse(&date.french()), Some(date));
        }
    }
}
