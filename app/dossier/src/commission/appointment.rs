//! When and where the commission sits, as somebody wrote it.

use std::fmt;

use form::Date;

/// Longest place or link, in characters.
const LONGEST_PLACE: usize = 200;
/// Most days ahead that a sitting is planned.
const MOST_DAYS: i64 = 730;
/// Days before the sitting by which members have its pack, unless the agent says otherwise: no text
/// says so (a proposal; local rules of procedure vary).
const USUAL_PACK_DAYS: i64 = 10;

/// An hour of the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hour {
    minutes: u16,
}

impl Hour {
    /// Reads "14:30".
    pub fn parse(text: &str) -> Option<Self> {
        let (hours, minutes) = text.trim().split_once(':')?;
        let two = |text: &str, below: u16| {
            let fits = text.len() == 2 && text.bytes().all(|b| b.is_ascii_digit());
            text.parse().ok().filter(|n: &u16| fits && *n < below)
        };
        Some(Self { minutes: two(hours, 24)? * 60 + two(minutes, 60)? })
    }

    /// `14 h 30`, as people read it.
    pub fn french(self) -> String {
        format!("{}\u{a0}h\u{a0}{:02}", self.minutes / 60, self.minutes % 60)
    }
}

impl fmt::Display for Hour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.minutes / 60, self.minutes % 60)
    }
}

/// When and where the commission sits, and by when its members have the pack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Appointment {
    /// Day.
    pub day: Date,
    /// Hour.
    pub hour: Hour,
    /// A place, or the address of a meeting at a distance.
    pub place: String,
    /// The day by which members have the pack.
    pub pack_day: Date,
}

/// Why a sitting is not planned so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AppointmentRefused {
    /// No day, or one that is past or too far.
    BadDay,
    /// No hour.
    BadHour,
    /// No place, or one that is too long.
    BadPlace,
    /// Members would have the pack after the sitting.
    BadPackDay,
}

impl AppointmentRefused {
    /// What people read.
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::BadDay => "Choisissez un jour à venir, dans les deux ans.",
            Self::BadHour => "Écrivez l'heure de la séance, par exemple 14:00.",
            Self::BadPlace => {
                "Écrivez un lieu ou un lien de visioconférence, en 200 caractères au plus."
            }
            Self::BadPackDay => {
                "Le dossier de séance s'envoie avant la séance : choisissez un jour jusqu'à la veille, ou le jour même."
            }
        }
    }
}

impl Appointment {
    /// Reads what was typed: days as 2026-12-10, an hour as 14:00.
    ///
    /// # Errors
    /// When something is missing or does not fit.
    pub fn read(
        (day, hour): (&str, &str),
        place: &str,
        pack_day: &str,
        today: Date,
    ) -> Result<Self, AppointmentRefused> {
        let day = Date::parse_iso(day.trim()).ok_or(AppointmentRefused::BadDay)?;
        let ahead = day.days_since_epoch() - today.days_since_epoch();
        if !(0..=MOST_DAYS).contains(&ahead) {
            return Err(AppointmentRefused::BadDay);
        }
        let hour = Hour::parse(hour).ok_or(AppointmentRefused::BadHour)?;
        let place = place.trim();
        if !(1..=LONGEST_PLACE).contains(&place.chars().count()) {
            return Err(AppointmentRefused::BadPlace);
        }
        let pack_day = match pack_day.trim() {
            "" => Self::usual_pack_day(day, today),
            text => Date::parse_iso(text).ok_or(AppointmentRefused::BadPackDay)?,
        };
        if pack_day > day {
            return Err(AppointmentRefused::BadPackDay);
        }
        Ok(Self { day, hour, place: place.to_owned(), pack_day })
    }

    /// The day by which members have the pack, unless the agent says otherwise.
    pub fn usual_pack_day(day: Date, today: Date) -> Date {
        let usual = Date::from_days_since_epoch(day.days_since_epoch() - USUAL_PACK_DAYS);
        usual.unwrap_or(day).max(today).min(day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        Date::parse_iso(text).unwrap()
    }

    #[test]
    fn an_hour_reads_as_browsers_write_it() {
        let hour = Hour::parse(" 14:05 ").unwrap();
        assert_eq!((hour.to_string(), hour.french()), ("14:05".into(), "14\u{a0}h\u{a0}05".into()));
        for wrong in ["", "14", "24:00", "14:60", "1:5", "+1:00", "14:00:00"] {
            assert_eq!(Hour::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn an_appointment_is_to_come_has_a_place_and_its_pack_comes_before() {
        let today = day("2026-11-27");
        let read = |d: &str, h: &str, place: &str, pack: &str| {
            Appointment::read((d, h), place, pack, today)
        };
        let usual = read("2026-12-15", "14:00", " Salle Loire ", "").unwrap();
        assert_eq!((usual.place.as_str(), usual.pack_day), ("Salle Loire", day("2026-12-05")));
        assert_eq!(
            read("2026-12-01", "14:00", "A", "").unwrap().pack_day,
            today,
            "not before today"
        );
        assert_eq!(read("2026-11-26", "14:00", "A", ""), Err(AppointmentRefused::BadDay));
        assert_eq!(read("2029-11-26", "14:00", "A", ""), Err(AppointmentRefused::BadDay));
        assert_eq!(read("2026-12-15", "", "A", ""), Err(AppointmentRefused::BadHour));
        assert_eq!(read("2026-12-15", "14:00", " ", ""), Err(AppointmentRefused::BadPlace));
        let late = read("2026-12-15", "14:00", "A", "2026-12-16");
        assert_eq!(late, Err(AppointmentRefused::BadPackDay));
    }
}
