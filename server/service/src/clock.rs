//! Time, as an argument.

use std::{sync::LazyLock, time::SystemTime};

use form::Date;
use jiff::{Timestamp, civil, tz::TimeZone};
use serde::{Deserialize, Serialize};

/// A moment: milliseconds since 1970, UTC.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Millis(pub i64);

impl Millis {
    /// This much later.
    #[must_use]
    pub fn plus(self, millis: i64) -> Self {
        Self(self.0.saturating_add(millis))
    }

    /// The day it is in Paris; `None` outside 1800–2200.
    pub fn day_in_paris(self) -> Option<Date> {
        let there = Timestamp::from_millisecond(self.0).ok()?.to_zoned(PARIS.clone());
        let (month, day) = (there.month().try_into().ok()?, there.day().try_into().ok()?);
        Date::new(there.year().into(), month, day)
    }

    /// The moment as the clocks of Paris show it: `2026-11-27T15:04:05+01:00`.
    pub fn iso_in_paris(self) -> String {
        let there = Timestamp::from_millisecond(self.0).unwrap_or_default().to_zoned(PARIS.clone());
        there.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
    }

    /// The moment a day is over in Paris; `None` outside the calendar.
    pub fn after_day_in_paris(day: Date) -> Option<Self> {
        Self::hour_in_paris(Date::from_days_since_epoch(day.days_since_epoch() + 1)?, 0)
    }

    /// The moment of an hour of a day in Paris; `None` outside the calendar.
    pub fn hour_in_paris(day: Date, hour: i8) -> Option<Self> {
        let year = day.year().try_into().ok()?;
        let (month, day) = (day.month().try_into().ok()?, day.day().try_into().ok()?);
        let there = civil::Date::new(year, month, day).ok()?.at(hour, 0, 0, 0);
        Some(Self(there.to_zoned(PARIS.clone()).ok()?.timestamp().as_millisecond()))
    }
}

static PARIS: LazyLock<TimeZone> =
    LazyLock::new(|| TimeZone::get("Europe/Paris").unwrap_or(TimeZone::UTC));

/// What tells the time.
pub trait Clock: Send + Sync {
    /// Now.
    fn now(&self) -> Millis;

    /// Today in Paris.
    fn today(&self) -> Option<Date> {
        self.now().day_in_paris()
    }
}

/// The clock of the machine.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the clock")]
    fn now(&self) -> Millis {
        let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        Millis(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn midnight_is_the_one_of_paris() {
        let day = |millis| Millis(millis).day_in_paris().map(|day| day.to_string());
        // 31 December 2026, 22:59:59 and 23:00 UTC: one hour ahead in winter.
        assert_eq!(day(1_798_757_999_000).as_deref(), Some("2026-12-31"));
        assert_eq!(day(1_798_758_000_000).as_deref(), Some("2027-01-01"));
        assert_eq!(Millis(1_798_757_999_000).iso_in_paris(), "2026-12-31T23:59:59+01:00");
        let last = Date::new(2026, 12, 31).unwrap();
        assert_eq!(Millis::after_day_in_paris(last), Some(Millis(1_798_758_000_000)));
        assert_eq!(Millis::hour_in_paris(last, 7), Some(Millis(1_798_696_800_000)));
    }
}
