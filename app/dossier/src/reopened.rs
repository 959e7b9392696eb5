//! What a structure changes in a dossier that was sent back: what is asked of it, what it said that it
//! changes too, and what it had left blank. The rest stays as it was deposited.

use std::collections::BTreeSet;

use form::{At, Revision};

use crate::note::NoteKind;

/// A note that the structure received.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Received {
    /// What it is on.
    pub at: At,
    /// What it wants.
    pub kind: NoteKind,
    /// The return that took it along: its place in the journal.
    pub sent: u32,
    /// Whether it is settled, which closes again what it opened.
    pub settled: bool,
}

/// What is open in a dossier that was sent back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reopened {
    /// Whether nothing was asked in particular: a message alone opens everything.
    pub whole: bool,
    /// What is asked about, and what the structure opened by itself: a question, a row, a table or a
    /// step; an empty place is the whole dossier.
    pub places: BTreeSet<At>,
    /// Every place of which the last deposit says something.
    pub deposited: BTreeSet<At>,
}

impl Reopened {
    /// What a return opens: `last` is its place in the journal.
    pub fn by(notes: &[Received], last: u32, deposited: BTreeSet<At>) -> Self {
        let asks = || notes.iter().filter(|note| note.kind.asks());
        Self {
            whole: !asks().any(|note| note.sent == last),
            places: asks().filter(|note| !note.settled).map(|note| note.at.clone()).collect(),
            deposited,
        }
    }

    /// Whether the structure may change what stands here. What the deposit left blank may always be
    /// filled; a row is added only to a table that is open.
    pub fn holds(&self, form: &Revision, at: &At) -> bool {
        let is_table = form.table(&at.field).is_some();
        self.whole || self.is_named(form, at) || (!is_table && !self.deposited.contains(at))
    }

    /// Whether one of the places is this one, or holds it.
    fn is_named(&self, form: &Revision, at: &At) -> bool {
        let table = form.place(&at.field).and_then(|place| place.table);
        let section = form.section_of(&at.field);
        self.places.iter().any(|open| {
            open.field.is_empty()
                || open == at
                || section.is_some_and(|section| section.id == open.field)
                || (open.field == at.field && open.row.is_empty())
                || table.is_some_and(|table| {
                    table.id == open.field && (open.row.is_empty() || open.row == at.row)
                })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::CONVENTIONNEMENT;

    const TABLE: &str = "activites.activities";
    const CELL: &str = "activites.activities.label";
    const TEXT: &str = "identification.phone";

    fn opened(places: &[&str]) -> Reopened {
        let at = |all: &[&str]| all.iter().map(|at| At::parse(at)).collect();
        let row = |row: &str| [format!("{TABLE}#{row}"), format!("{CELL}#{row}")];
        let mut deposited: BTreeSet<At> =
            at(&[TEXT, "identification.presentation", "budget.charges.forecast#60"]);
        deposited.extend([row("A"), row("B")].concat().iter().map(|at| At::parse(at)));
        Reopened { whole: false, places: at(places), deposited }
    }

    fn held(places: &[&str]) -> Vec<&'static str> {
        let all = [
            TEXT,
            "identification.presentation",
            "identification.history",
            "activites.activities#A",
            "activites.activities.label#A",
            "activites.activities#B",
            "activites.activities.label#B",
            "activites.activities#NEW",
            "budget.charges.forecast#60",
            "budget.charges.forecast#61",
        ];
        let open = opened(places);
        all.into_iter().filter(|at| open.holds(&CONVENTIONNEMENT, &At::parse(at))).collect()
    }

    #[test]
    fn only_what_is_named_opens_beside_what_was_left_blank() {
        let blank = ["identification.history", "budget.charges.forecast#61"];
        let with = |more: &[&'static str]| {
            let mut all = [more, &blank].concat();
            all.sort_unstable();
            all
        };
        for (places, more) in [
            (vec![], vec![]),
            (vec![TEXT], vec![TEXT]),
            (vec!["activites.activities.label#A"], vec!["activites.activities.label#A"]),
            (
                vec!["activites.activities#B"],
                vec!["activites.activities#B", "activites.activities.label#B"],
            ),
            (
                vec![TABLE, "unknown"],
                vec![
                    "activites.activities#A",
                    "activites.activities.label#A",
                    "activites.activities#B",
                    "activites.activities.label#B",
                    "activites.activities#NEW",
                ],
            ),
            (vec!["budget.charges#60"], vec!["budget.charges.forecast#60"]),
            (vec!["identification"], vec![TEXT, "identification.presentation"]),
        ] {
            let mut held = held(&places);
            held.sort_unstable();
            assert_eq!(held, with(&more), "{places:?}");
        }
        assert_eq!(held(&[""]).len(), 10, "the whole dossier");
    }

    #[test]
    fn a_settled_question_closes_again_and_a_message_alone_opens_everything() {
        let note =
            |at: &str, kind, sent, settled| Received { at: At::once(at), kind, sent, settled };
        let (question, remark) = (NoteKind::Question, NoteKind::Remark);
        let open = |notes: &[Received]| {
            let deposited = opened(&[]).deposited;
            let open = Reopened::by(notes, 9, deposited);
            [TEXT, "identification.presentation"]
                .map(|at| open.holds(&CONVENTIONNEMENT, &At::once(at)))
        };
        assert_eq!(open(&[note(TEXT, question, 9, false)]), [true, false]);
        assert_eq!(open(&[note(TEXT, question, 9, true)]), [false, false]);
        assert_eq!(open(&[note(TEXT, remark, 9, false)]), [true, true]);
        assert_eq!(open(&[note(TEXT, question, 4, false)]), [true, true], "an earlier return's");
        assert_eq!(open(&[]), [true, true]);
    }
}
