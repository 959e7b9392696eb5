//! Which form exactly a dossier follows, the national revisions that were, and what became of their
//! questions.

use std::{fmt, sync::LazyLock};

use form::{
    Date, Revision,
    migrate::{Move, back},
};
use serde::{Deserialize, Serialize};

/// Which form exactly a dossier follows.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct FormKey {
    /// Which form: "conventionnement", "bilan".
    pub form: String,
    /// Which revision of it.
    pub revision: u32,
    /// What is laid over it, with its number ("nievre-2"); empty for the national form.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub overlay: String,
}

impl FormKey {
    /// That of a tree.
    pub fn of(form: &Revision) -> Self {
        let Revision { form, number, overlay, .. } = form;
        Self { form: form.to_string(), revision: *number, overlay: overlay.to_string() }
    }

    /// Name and number of what is laid over the national form.
    pub fn overlay(&self) -> Option<(&str, u32)> {
        let (name, number) = self.overlay.rsplit_once('-')?;
        Some((name, number.parse().ok()?))
    }

    /// Reads what [`fmt::Display`] writes.
    pub fn parse(text: &str) -> Option<Self> {
        let (form, rest) = text.split_once('-')?;
        let (revision, overlay) = rest.split_once('-').unwrap_or((rest, ""));
        let (form, overlay) = (form.to_owned(), overlay.to_owned());
        Some(Self { form, revision: revision.parse().ok()?, overlay })
    }
}

impl fmt::Display for FormKey {
    /// "conventionnement-2", "conventionnement-2-nievre-1".
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.form, self.revision)?;
        if self.overlay.is_empty() { Ok(()) } else { write!(f, "-{}", self.overlay) }
    }
}

/// The first revision of the conventionnement, as it was frozen. It asked a first request without
/// a closed financial year for accounts that are not there yet.
pub(super) static FIRST: LazyLock<Option<Revision>> = LazyLock::new(|| {
    serde_json::from_str(include_str!("../../frozen/conventionnement-1.json")).ok()
});

/// A revision that came after the first.
struct Revised {
    number: u32,
    /// Day from which dossiers are opened with it, and drafts must follow it to be deposited.
    since: (i32, u8, u8),
    /// What became of the questions of the one before.
    moves: &'static [Move],
}

/// The revisions of the conventionnement, from the second on.
const CONVENTIONNEMENT: &[Revised] = &[Revised { number: 2, since: (2026, 11, 2), moves: &[] }];

fn revised(form: &str) -> &'static [Revised] {
    if form == super::NAME { CONVENTIONNEMENT } else { &[] }
}

/// The revision of a form that new dossiers follow on a day.
pub fn in_force(form: &str, day: Date) -> u32 {
    let since =
        |(year, month, date)| Date::new(year, month, date).is_some_and(|since| since <= day);
    revised(form).iter().filter(|one| since(one.since)).map(|one| one.number).max().unwrap_or(1)
}

/// What became of the questions of a form between two revisions, in either direction.
pub fn moves(form: &str, from: u32, to: u32) -> Vec<Move> {
    let (first, last) = (from.min(to), from.max(to));
    let between = revised(form).iter().filter(|one| first < one.number && one.number <= last);
    let forth: Vec<Move> = between.flat_map(|one| one.moves.iter().cloned()).collect();
    if from <= to { forth } else { back(&forth) }
}

/// Ids that were retired: nothing bears them again.
pub fn retired(form: &str) -> Vec<&'static str> {
    let gone = |one: &Move| match one {
        Move::Renamed { from: id, .. } | Move::Retired { field: id } => Some(*id),
        Move::Recoded { .. } => None,
    };
    revised(form).iter().flat_map(|one| one.moves).filter_map(gone).collect()
}

#[cfg(test)]
mod tests {
    use form::Answers;

    use super::*;
    use crate::form::{CONVENTIONNEMENT, NAME, bilan, form_of};

    #[test]
    fn a_key_is_written_and_read() {
        for text in ["conventionnement-2", "bilan-1", "conventionnement-2-cote-d-or-11"] {
            assert_eq!(FormKey::parse(text).unwrap().to_string(), text);
        }
        let key = FormKey::parse("conventionnement-2-cote-d-or-11").unwrap();
        assert_eq!(key.overlay(), Some(("cote-d-or", 11)));
        assert_eq!(FormKey::of(&CONVENTIONNEMENT).to_string(), "conventionnement-2");
        for wrong in ["", "conventionnement", "conventionnement-x", "conventionnement-x-y-1"] {
            assert_eq!(FormKey::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_revision_is_in_force_from_its_day() {
        let on = |month, date| in_force(NAME, Date::new(2026, month, date).unwrap());
        assert_eq!((on(11, 1), on(11, 2)), (1, 2));
        assert_eq!(in_force(bilan::NAME, Date::new(2026, 12, 1).unwrap()), 1);
        assert_eq!(form_of(NAME, on(12, 31)).unwrap().revision, &*CONVENTIONNEMENT);
    }

    #[test]
    fn no_question_disappears_without_being_retired_by_name() {
        for name in [NAME, bilan::NAME] {
            let revisions: Vec<_> = (1..).map_while(|number| form_of(name, number)).collect();
            for pair in revisions.windows(2) {
                let (before, after) = (pair[0].revision, pair[1].revision);
                let gone = retired(name);
                for place in before.places() {
                    let id = place.field.id.as_ref();
                    assert!(after.place(id).is_some() != gone.contains(&id), "{id}");
                }
            }
        }
    }

    #[test]
    fn the_first_revision_is_still_read_and_checked() {
        let first = form_of(NAME, 1).unwrap();
        assert_eq!(first.revision.number, 1);
        assert!(first.revision.place("budget.year_closed").is_none());
        let problems = first.check(&Answers::default());
        assert!(problems.iter().all(|problem| problem.at.field != "budget.year_closed"));
        assert!(!problems.is_empty());
    }
}
