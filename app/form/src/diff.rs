//! What differs between two sets of answers, by canonical value: spelling is not a change.

use serde::{Deserialize, Serialize};

use crate::{Answers, At, Kind, ROW_HERE, Revision, row};

/// One answer that differs. Both texts are canonical (raw when malformed); empty for none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// The place.
    pub at: At,
    /// Before.
    pub before: String,
    /// After.
    pub after: String,
}

/// Changes from `before` to `after`, over the answers that count in either, in the order of the form.
pub fn diff(form: &Revision, before: &Answers, after: &Answers) -> Vec<Change> {
    let mut changes = beside(form, before, after);
    changes.retain(|one| one.before != one.after);
    changes
}

/// The answers that count in either, beside each other, in the order of the form: the same ones too.
pub fn beside(form: &Revision, before: &Answers, after: &Answers) -> Vec<Change> {
    let mut places = after.relevant(form);
    places.extend(before.relevant(form));
    let mut keyed: Vec<(usize, At)> = places
        .into_iter()
        .filter_map(|at| form.spot(&at.field).map(|spot| (spot.order, at)))
        .collect();
    keyed.sort();
    keyed.dedup();
    keyed
        .into_iter()
        .map(|(_, at)| {
            let kind = form.place(&at.field).map(|place| &place.field.kind);
            let text = |answers: &Answers| value(kind, answers.raw(&at.field, &at.row));
            let (before, after) = (text(before), text(after));
            Change { at, before, after }
        })
        .collect()
}

fn value(kind: Option<&Kind>, raw: &str) -> String {
    match kind {
        Some(kind) => kind.canonical(raw).unwrap_or_else(|_| raw.to_owned()),
        // Where a row stands is no change of what is said.
        None if row::is_here(raw) => ROW_HERE.to_owned(),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::{form, ready_but};

    fn changes(before: &[(&str, &str)], after: &[(&str, &str)]) -> Vec<String> {
        let changes = diff(&form(), &ready_but(before), &ready_but(after));
        changes.iter().map(|c| format!("{}: {} -> {}", c.at, c.before, c.after)).collect()
    }

    #[test]
    fn spelling_is_not_a_change() {
        let one = [("s.amount", "1 234,5"), ("s.name", "La  Forge ")];
        assert!(changes(&one, &[("s.amount", "1234.50")]).is_empty());
        assert_eq!(changes(&one, &[("s.amount", "1234.51")]), ["s.amount: 1234.50 -> 1234.51"]);
        assert_eq!(changes(&[], &[("s.amount", "douze")]), ["s.amount:  -> douze"]);
    }

    #[test]
    fn changes_come_in_the_order_of_the_form() {
        let after = [
            ("t.late", "y"),
            ("s.lines.cell#60", "2"),
            ("s.rows.part#b", "3"),
            ("s.rows+b", ""),
            ("s.asks", "oui"),
            ("s.name", "L'Atelier"),
        ];
        let expected = [
            "s.name: La Forge -> L'Atelier",
            "s.asks: non -> oui",
            "s.rows#b:  -> oui",
            "s.rows.part#b:  -> 3.00",
            "s.lines.cell#60: 1.00 -> 2.00",
            "t.late:  -> y",
        ];
        assert_eq!(changes(&[], &after), expected);
    }

    #[test]
    fn beside_holds_what_is_the_same_too() {
        let (before, after) = (ready_but(&[]), ready_but(&[("s.name", "L'Atelier")]));
        let all = beside(&form(), &before, &after);
        let same = all.iter().filter(|one| one.before == one.after).count();
        assert_eq!(all.len() - same, 1);
        assert!(same > 3 && all.iter().any(|one| one.at == At::once("s.amount")));
    }

    #[test]
    fn what_counts_in_neither_is_no_change() {
        assert!(changes(&[], &[("s.reason", "x"), ("s.lines.cell#61", "2")]).is_empty());
        let gone = changes(&[], &[("s.rows#a", "")]);
        assert_eq!(gone[0], "s.rows#a: oui -> ", "a removed row is a change");
    }
}
