//! Time, as an argument.

use std::{sync::LazyLock, time::SystemTime};

use form::Date;
use jiff::{Timestamp, tz::TimeZone};
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
        static PARIS: LazyLock<TimeZone> =
            LazyLock::new(|| TimeZone::get("Europe/Paris").unwrap_or(TimeZone::UTC));
        let there = Timestamp::from_millisecond(self.0).ok()?.to_zoned(PARIS.clone());
        let (month, day) = (there.month().try_into().ok()?, there.day().try_into().ok()?);
        Date::new(there.year().into(), month, day)
    }
}

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
    }
}
