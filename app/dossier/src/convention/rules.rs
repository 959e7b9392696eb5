//! What stands against a deed. Who may do it is in [`crate::right`]; here is when, and what it needs.

use form::Date;

use super::{DeedKind, Life, Prepared, Said};
use crate::id::AccountId;

/// Longest words, in characters: a letter, or the answer to it.
pub const LONGEST: usize = 10_000;
/// Shortest reason of what goes against the structure, in characters: as of a refusal, a proposal of the
/// domain reference (3.U) and not law.
pub const SHORTEST: usize = crate::act::SHORTEST_REASON;
/// How many days before today a letter may have been received, at most: one that left before it was
/// noted here is noted late, not years late.
pub const MOST_BACK: i64 = 366;

/// Why something is not done with a convention, though its author may.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// It is not the moment: another deed came first, or must.
    NotNow,
    /// Something else waits for a signature.
    Waiting,
    /// Who prepared it does not sign it.
    SamePerson,
    /// No words, or too few.
    NoWords,
    /// Too many words.
    TooLong,
    /// The day is missing, or does not fit.
    BadDay,
    /// The last day of a suspension is before its first, or past.
    BadUntil,
    /// No motive.
    NoMotive,
    /// The amount is below nothing.
    BadAmount,
    /// Nobody noted that the structure received the letter.
    NotReceived,
    /// The month of the structure runs until this day, included, whether it answered or not: the month
    /// is its own, and it may say more.
    MonthRuns(Date),
}

/// What is kept of a deed when nothing stands against it: with a signature, what was prepared, from the
/// day of the signature at the earliest.
///
/// # Errors
/// What stands against it.
pub fn may(
    life: &Life,
    kind: DeedKind,
    said: Said,
    (by, today): (&AccountId, Date),
) -> Result<Said, Refused> {
    if life.ended.is_some() {
        return Err(Refused::NotNow);
    }
    let words = said.words.trim().to_owned();
    if words.chars().count() > LONGEST {
        return Err(Refused::TooLong);
    }
    let prepares = kind.signed_as().is_some();
    if prepares && life.prepared.is_some() {
        return Err(Refused::Waiting);
    }
    let least = if prepares { SHORTEST } else { 1 };
    let words = || if words.chars().count() < least { Err(Refused::NoWords) } else { Ok(words) };
    let from_today = |day: Option<Date>| day.filter(|day| *day >= today).ok_or(Refused::BadDay);
    let nothing = Said::default();
    Ok(match kind {
        DeedKind::PrepareSuspension => {
            if life.open_suspension(today).is_some() {
                return Err(Refused::NotNow);
            }
            let day = from_today(said.day)?;
            if said.until.is_some_and(|last| last < day) {
                return Err(Refused::BadUntil);
            }
            Said { day: Some(day), until: said.until, words: words()?, ..nothing }
        }
        DeedKind::PrepareLetter => {
            if life.procedure.is_some() {
                return Err(Refused::NotNow);
            }
            let motive = Some(said.motive.ok_or(Refused::NoMotive)?);
            Said { motive, words: words()?, ..nothing }
        }
        DeedKind::PrepareTermination => {
            month_is_over(life, today)?;
            let day = Some(from_today(said.day)?);
            if said.owed.is_some_and(|owed| owed.0 < 0) {
                return Err(Refused::BadAmount);
            }
            Said { day, owed: said.owed, words: words()?, ..nothing }
        }
        DeedKind::Suspend | DeedKind::SignLetter | DeedKind::Terminate => {
            signed(life, kind, (by, today))?
        }
        DeedKind::TakeBack => {
            life.prepared.as_ref().ok_or(Refused::NotNow)?;
            nothing
        }
        DeedKind::Lift => {
            life.open_suspension(today).ok_or(Refused::NotNow)?;
            Said { words: words()?, ..nothing }
        }
        DeedKind::Receive => {
            life.procedure.as_ref().ok_or(Refused::NotNow)?;
            if life.prepared.as_ref().is_some_and(|one| one.kind == DeedKind::PrepareTermination) {
                return Err(Refused::Waiting);
            }
            let back = |day: Date| today.days_since_epoch() - day.days_since_epoch();
            let day = said.day.filter(|day| (0..=MOST_BACK).contains(&back(*day)));
            Said { day: Some(day.ok_or(Refused::BadDay)?), ..nothing }
        }
        DeedKind::Answer | DeedKind::Close => {
            life.procedure.as_ref().ok_or(Refused::NotNow)?;
            Said { words: words()?, ..nothing }
        }
    })
}

/// A decision is taken after the last day that the structure has, never before.
fn month_is_over(life: &Life, today: Date) -> Result<(), Refused> {
    let procedure = life.procedure.as_ref().ok_or(Refused::NotNow)?;
    let until = procedure.answer_until().ok_or(Refused::NotReceived)?;
    if today <= until { Err(Refused::MonthRuns(until)) } else { Ok(()) }
}

/// What was prepared, signed by another person.
fn signed(life: &Life, kind: DeedKind, (by, today): (&AccountId, Date)) -> Result<Said, Refused> {
    let waits = |one: &&Prepared| one.kind.signed_as() == Some(kind);
    let prepared = life.prepared.as_ref().filter(waits).ok_or(Refused::NotNow)?;
    if prepared.by == *by {
        return Err(Refused::SamePerson);
    }
    let mut said = prepared.said.clone();
    if kind == DeedKind::Terminate {
        month_is_over(life, today)?;
    }
    // Nothing holds before it is signed.
    said.day = said.day.map(|day| day.max(today));
    if said.until.zip(said.day).is_some_and(|(last, first)| last < first) {
        return Err(Refused::BadUntil);
    }
    Ok(said)
}

#[cfg(test)]
mod tests {
    use form::Cents;

    use super::*;
    use crate::convention::{Deed, Motive};

    const REASON: &str =
        "Les contrôles de mars et de juin montrent que l'accompagnement n'est pas assuré.";

    fn day(text: &str) -> Date {
        Date::parse_iso(text).unwrap()
    }

    fn words(text: &str) -> Said {
        Said { words: text.to_owned(), ..Said::default() }
    }

    /// A convention to which things are done, by "agnes" and "paul".
    #[derive(Default)]
    struct Tried(Life);

    impl Tried {
        fn does(&mut self, by: &str, on: &str, kind: DeedKind, said: Said) -> Result<(), Refused> {
            let (by, on) = (by.into(), day(on));
            let said = may(&self.0, kind, said, (&by, on))?;
            self.0 = std::mem::take(&mut self.0).after(&Deed { kind, said, on, by });
            Ok(())
        }

        fn under_way() -> Self {
            let mut it = Self::default();
            let letter = Said { motive: Some(Motive::NotKept), ..words(REASON) };
            it.does("agnes", "2026-10-01", DeedKind::PrepareLetter, letter).unwrap();
            it.does("paul", "2026-10-02", DeedKind::SignLetter, Said::default()).unwrap();
            it
        }

        fn received(on: &str) -> Self {
            let mut it = Self::under_way();
            let said = Said { day: Some(day(on)), ..Said::default() };
            it.does("agnes", "2026-11-03", DeedKind::Receive, said).unwrap();
            it
        }
    }

    fn suspension(from: &str, until: Option<&str>) -> Said {
        Said { day: Some(day(from)), until: until.map(day), ..words(REASON) }
    }

    fn ends(on: &str) -> Said {
        Said { day: Some(day(on)), owed: Some(Cents(1_200_000)), ..words(REASON) }
    }

    #[test]
    fn a_suspension_is_prepared_then_signed_by_another_and_lifted() {
        let mut it = Tried::default();
        let prepares = DeedKind::PrepareSuspension;
        for (said, why) in [
            (suspension("2026-09-30", None), Refused::BadDay),
            (suspension("2026-10-05", Some("2026-10-04")), Refused::BadUntil),
            (
                Said { words: "Trop court".into(), ..suspension("2026-10-05", None) },
                Refused::NoWords,
            ),
            (
                Said { words: "é".repeat(LONGEST + 1), ..suspension("2026-10-05", None) },
                Refused::TooLong,
            ),
        ] {
            assert_eq!(it.does("agnes", "2026-10-01", prepares, said), Err(why));
        }
        it.does("agnes", "2026-10-01", prepares, suspension("2026-10-05", None)).unwrap();
        assert!(it.0.open_suspension(day("2026-10-05")).is_none(), "only prepared");
        let again = it.does("paul", "2026-10-01", prepares, suspension("2026-10-05", None));
        assert_eq!(again, Err(Refused::Waiting));
        let own = it.does("agnes", "2026-10-02", DeedKind::Suspend, Said::default());
        assert_eq!(own, Err(Refused::SamePerson));
        // What comes with the signature changes nothing of what was prepared.
        it.does("paul", "2026-10-07", DeedKind::Suspend, suspension("2020-01-01", None)).unwrap();
        let held = it.0.suspension.clone().unwrap();
        assert_eq!((held.from, held.until), (day("2026-10-07"), None), "not before it is signed");
        assert!(it.0.is_suspended(day("2027-10-07")) && !it.0.is_suspended(day("2026-10-06")));
        assert_eq!(
            it.does("paul", "2026-10-08", DeedKind::Suspend, Said::default()),
            Err(Refused::NotNow)
        );
        let twice = it.does("agnes", "2026-10-08", prepares, suspension("2026-10-09", None));
        assert_eq!(twice, Err(Refused::NotNow));
        assert_eq!(
            it.does("paul", "2026-10-09", DeedKind::Lift, words(" ")),
            Err(Refused::NoWords)
        );
        it.does("paul", "2026-10-09", DeedKind::Lift, words("Les pièces sont là.")).unwrap();
        assert!(!it.0.is_suspended(day("2026-10-09")));
        assert_eq!(it.does("paul", "2026-10-09", DeedKind::Lift, words("x")), Err(Refused::NotNow));
    }

    #[test]
    fn a_suspension_ends_by_itself_and_is_not_signed_after_its_last_day() {
        let mut it = Tried::default();
        let said = suspension("2026-10-05", Some("2026-10-31"));
        it.does("agnes", "2026-10-01", DeedKind::PrepareSuspension, said.clone()).unwrap();
        let late = it.does("paul", "2026-11-01", DeedKind::Suspend, Said::default());
        assert_eq!(late, Err(Refused::BadUntil));
        it.does("paul", "2026-10-05", DeedKind::Suspend, Said::default()).unwrap();
        assert!(it.0.is_suspended(day("2026-10-31")) && !it.0.is_suspended(day("2026-11-01")));
        let next = suspension("2026-11-02", None);
        it.does("agnes", "2026-11-01", DeedKind::PrepareSuspension, next).unwrap();
    }

    #[test]
    fn nothing_is_decided_before_the_month_is_over_even_when_the_structure_answered() {
        let mut it = Tried::under_way();
        let early =
            it.does("agnes", "2026-12-10", DeedKind::PrepareTermination, ends("2026-12-31"));
        assert_eq!(early, Err(Refused::NotReceived));
        let mut it = Tried::received("2026-11-02");
        it.does("ines", "2026-11-05", DeedKind::Answer, words("Nous avons recruté.")).unwrap();
        let until = day("2026-12-02");
        for on in ["2026-11-05", "2026-12-02"] {
            let early = it.does("agnes", on, DeedKind::PrepareTermination, ends("2026-12-31"));
            assert_eq!(early, Err(Refused::MonthRuns(until)), "{on}");
        }
        it.does("ines", "2026-12-02", DeedKind::Answer, words("Et voici les contrats.")).unwrap();
        let mut closed = Tried(it.0.clone());
        closed
            .does("paul", "2026-11-06", DeedKind::Close, words("Tout est rentré dans l'ordre."))
            .unwrap();
        assert_eq!((closed.0.procedure, closed.0.ended), (None, None));

        it.does("agnes", "2026-12-03", DeedKind::PrepareTermination, ends("2026-12-31")).unwrap();
        let own = it.does("agnes", "2026-12-03", DeedKind::Terminate, Said::default());
        assert_eq!(own, Err(Refused::SamePerson));
        it.does("paul", "2027-01-04", DeedKind::Terminate, Said::default()).unwrap();
        let ended = it.0.ended.unwrap();
        assert_eq!((ended.on, ended.owed), (day("2027-01-04"), Some(Cents(1_200_000))));
        assert!(!it.0.is_over(day("2027-01-04")) && it.0.is_over(day("2027-01-05")));
        for kind in DeedKind::ALL {
            let after = it.does(
                "x",
                "2027-01-05",
                kind,
                Said { motive: Some(Motive::NotKept), ..ends("2027-02-01") },
            );
            assert_eq!(after, Err(Refused::NotNow), "{kind:?}");
        }
    }

    #[test]
    fn a_reception_is_noted_late_and_mended_while_nothing_waits_for_a_signature() {
        let mut it = Tried::under_way();
        let receives = |it: &mut Tried, on: Option<&str>| {
            let said = Said { day: on.map(day), ..Said::default() };
            it.does("agnes", "2026-11-03", DeedKind::Receive, said)
        };
        for odd in [None, Some("2026-11-04"), Some("2025-11-01")] {
            assert_eq!(receives(&mut it, odd), Err(Refused::BadDay), "{odd:?}");
        }
        receives(&mut it, Some("2026-09-20")).unwrap();
        receives(&mut it, Some("2026-09-22")).unwrap();
        assert_eq!(it.0.procedure.as_ref().unwrap().answer_until(), Some(day("2026-10-22")));
        it.does("agnes", "2026-11-03", DeedKind::PrepareTermination, ends("2026-12-31")).unwrap();
        assert_eq!(receives(&mut it, Some("2026-09-23")), Err(Refused::Waiting));
        it.does("agnes", "2026-11-03", DeedKind::TakeBack, Said::default()).unwrap();
        receives(&mut it, Some("2026-11-03")).unwrap();
        let early =
            it.does("agnes", "2026-11-04", DeedKind::PrepareTermination, ends("2026-12-31"));
        assert_eq!(early, Err(Refused::MonthRuns(day("2026-12-03"))));
    }

    #[test]
    fn a_letter_needs_a_motive_and_there_is_one_procedure_at_a_time() {
        let mut it = Tried::default();
        let without = it.does("agnes", "2026-10-01", DeedKind::PrepareLetter, words(REASON));
        assert_eq!(without, Err(Refused::NoMotive));
        for kind in [DeedKind::Answer, DeedKind::Close, DeedKind::Receive, DeedKind::TakeBack] {
            assert_eq!(it.does("x", "2026-10-01", kind, ends("2026-10-01")), Err(Refused::NotNow));
        }
        let mut it = Tried::under_way();
        let letter = Said { motive: Some(Motive::NotKept), ..words(REASON) };
        let twice = it.does("agnes", "2026-10-03", DeedKind::PrepareLetter, letter);
        assert_eq!(twice, Err(Refused::NotNow));
        let below = Said { owed: Some(Cents(-1)), ..ends("2026-12-31") };
        let mut it = Tried::received("2026-10-01");
        let refused = it.does("agnes", "2026-11-03", DeedKind::PrepareTermination, below);
        assert_eq!(refused, Err(Refused::BadAmount));
    }
}
