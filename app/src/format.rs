//! Days and hours as French people read them, in Paris time.

use jiff::{Timestamp, tz::TimeZone};
use service::Millis;

const MONTHS: [&str; 12] = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
];

/// `10 h 42`.
pub fn hour(at: Millis) -> String {
    let there = in_paris(at);
    format!("{}\u{a0}h\u{a0}{:02}", there.hour(), there.minute())
}

/// `23 novembre 2026`; the first of a month is `1er`.
pub fn day(at: Millis) -> String {
    let there = in_paris(at);
    written(there.day(), there.month(), there.year())
}

/// `23 novembre 2026 à 10 h 42`.
pub fn moment(at: Millis) -> String {
    format!("{} à {}", day(at), hour(at))
}

/// A calendar day, written out.
pub fn date(date: form::Date) -> String {
    let day = i8::try_from(date.day()).unwrap_or_default();
    let month = i8::try_from(date.month()).unwrap_or_default();
    written(day, month, i16::try_from(date.year()).unwrap_or_default())
}

/// `novembre 2026`.
pub fn month(year: i32, month: u8) -> String {
    let name = usize::from(month).checked_sub(1).and_then(|m| MONTHS.get(m)).copied();
    format!("{} {year}", name.unwrap_or_default())
}

fn written(day: i8, month: i8, year: i16) -> String {
    let month =
        usize::try_from(month - 1).ok().and_then(|m| MONTHS.get(m)).copied().unwrap_or_default();
    let day = if day == 1 { "1er".to_owned() } else { day.to_string() };
    format!("{day}\u{a0}{month} {year}")
}

fn in_paris(at: Millis) -> jiff::Zoned {
    let zone = TimeZone::get("Europe/Paris").unwrap_or(TimeZone::UTC);
    Timestamp::from_millisecond(at.0).unwrap_or_default().to_zoned(zone)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn summer_and_winter_are_those_of_paris() {
        assert_eq!(moment(Millis(1_798_758_000_000)), "1er\u{a0}janvier 2027 à 0\u{a0}h\u{a0}00");
        assert_eq!(hour(Millis(1_782_900_000_000)), "12\u{a0}h\u{a0}00");
    }
}
