//! Lengths of time, in days or in months of the calendar.

use form::Date;

/// A length of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Term {
    /// Days.
    Days(u16),
    /// Months: from the 31st, the last day of a shorter one.
    Months(u16),
}

impl Term {
    /// Reads `90j`, `24m` or `10a`: days, months, years.
    pub fn read(text: &str) -> Option<Self> {
        let unit = text.chars().next_back()?;
        let number = text.strip_suffix(unit)?.parse().ok().filter(|n| (1..=600).contains(n))?;
        match unit {
            'j' => Some(Self::Days(number)),
            'm' => Some(Self::Months(number)),
            'a' if number <= 50 => Some(Self::Months(number * 12)),
            _ => None,
        }
    }

    /// That much after a day; `None` outside of the calendar.
    pub fn after(self, day: Date) -> Option<Date> {
        match self {
            Self::Days(days) => {
                Date::from_days_since_epoch(day.days_since_epoch() + i64::from(days))
            }
            Self::Months(months) => {
                let month = day.year() * 12 + i32::from(day.month()) - 1 + i32::from(months);
                let (year, month) = (month.div_euclid(12), month.rem_euclid(12) + 1);
                let month = u8::try_from(month).ok()?;
                (1..=day.day()).rev().find_map(|day| Date::new(year, month, day))
            }
        }
    }

    /// The latest day after which that much is over today; `None` outside of the calendar.
    pub fn limit(self, today: Date) -> Option<Date> {
        let Self::Months(months) = self else {
            let Self::Days(days) = self else { return None };
            return Date::from_days_since_epoch(today.days_since_epoch() - i64::from(days));
        };
        let month = today.year() * 12 + i32::from(today.month()) - 1 - i32::from(months);
        let first =
            Date::new(month.div_euclid(12), u8::try_from(month.rem_euclid(12) + 1).ok()?, 1)?;
        // A day of that month, or the end of the one before.
        let days = (-3..=31).rev().map(|n| first.days_since_epoch() + n);
        let mut days = days.filter_map(Date::from_days_since_epoch);
        days.find(|day| self.after(*day).is_some_and(|over| over <= today))
    }

    /// `90 jours`, `24 mois`, `10 ans`.
    pub fn french(self) -> String {
        let said = |n: u16, one: &str, several: &str| {
            format!("{n}\u{a0}{}", if n > 1 { several } else { one })
        };
        match self {
            Self::Days(0) => "aussitôt".to_owned(),
            Self::Days(n) => said(n, "jour", "jours"),
            Self::Months(n) if n.is_multiple_of(12) && n > 24 => said(n / 12, "an", "ans"),
            Self::Months(n) => said(n, "mois", "mois"),
        }
    }
}
