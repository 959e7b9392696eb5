//! The answers of one dossier: raw text by place, with version and provenance.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use crate::{At, Body, Field, Provenance, Revision, Table, Value, cond::Reads, row};

/// One answer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// What was typed, kept as is; empty when it was cleared.
    pub raw: String,
    /// Counts the writes; 0 for what only this device knows.
    #[serde(default)]
    pub version: u32,
    /// Where a pre-filled value comes from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub provenance: Option<Provenance>,
}

/// The answers to one question, by row; the empty row is that of a question asked once.
pub(crate) type Rows = BTreeMap<String, Answer>;

/// All answers of one dossier.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Answers {
    // By field then row. Rules and conditions look up thousands of times for one check: hashed by a
    // function made for short names. Nothing depends on its order, see `iter`.
    by_field: FxHashMap<String, Rows>,
}

impl<'a> Reads<'a> for &'a Answers {
    fn rows_of(&self, field: &str) -> Option<&'a Rows> {
        self.by_field.get(field)
    }
}

impl Answers {
    /// The answer at a place, whatever it holds.
    pub fn at(&self, at: &At) -> Option<&Answer> {
        self.of(&at.field, &at.row)
    }

    /// The answer to a question in a row (empty row: asked once).
    pub fn of(&self, field: &str, row: &str) -> Option<&Answer> {
        self.by_field.get(field)?.get(row)
    }

    /// Raw text at a place; empty when unanswered.
    pub fn raw(&self, field: &str, row: &str) -> &str {
        self.of(field, row).map_or("", |answer| answer.raw.as_str())
    }

    /// Writes a raw text, leaving version and provenance as they are.
    pub fn set(&mut self, at: At, raw: String) {
        self.by_field.entry(at.field).or_default().entry(at.row).or_default().raw = raw;
    }

    /// Says where an answer that is there comes from.
    pub fn set_provenance(&mut self, at: &At, provenance: Provenance) {
        let answer = self.by_field.get_mut(&at.field).and_then(|rows| rows.get_mut(&at.row));
        if let Some(answer) = answer {
            answer.provenance = Some(provenance);
        }
    }

    /// The same answers, whose provenance says no more than who gave them and whether a person
    /// confirmed.
    #[must_use]
    pub fn without_sources(&self) -> Self {
        let mut bare = self.clone();
        let all = bare.by_field.values_mut().flat_map(BTreeMap::values_mut);
        for provenance in all.filter_map(|answer| answer.provenance.as_mut()) {
            provenance.reference.clear();
            provenance.as_of.clear();
            provenance.value.clear();
        }
        bare
    }

    /// Puts a whole answer in its place.
    pub fn put(&mut self, at: At, answer: Answer) {
        self.by_field.entry(at.field).or_default().insert(at.row, answer);
    }

    /// The typed answer to a question asked once; `None` when empty or malformed.
    pub fn get<T: Value>(&self, field: &Field<T>) -> Option<T> {
        self.get_in(field, "")
    }

    /// The typed answer to a question in a row.
    pub fn get_in<T: Value>(&self, field: &Field<T>, row: &str) -> Option<T> {
        T::of(field.def.kind.read(self.raw(&field.def.id, row)).ok()??)
    }

    /// Ids of the rows of a table: the lines of a grid, or the rows that people added and kept, in
    /// their order.
    pub fn rows<'a>(&'a self, table: &'a Table) -> Vec<&'a str> {
        if table.is_grid() {
            return table
                .lines
                .iter()
                .filter(|line| !line.is_computed() && line.visible.holds(self, ""))
                .map(|line| line.id.as_ref())
                .collect();
        }
        self.added_rows(&table.id)
    }

    /// Ids of the rows added to a table and kept, in their order.
    pub fn added_rows(&self, table: &str) -> Vec<&str> {
        self.ranked(table).into_iter().map(|(row, _)| row).collect()
    }

    /// What people call a row of a table: the label of its line, or its kind with its rank ("poste 2");
    /// `None` when it is not there.
    pub fn name_of_row(&self, table: &Table, row: &str) -> Option<String> {
        if let Some(line) = table.lines.iter().find(|line| line.id == row) {
            return Some(line.label.to_string());
        }
        let rank = self.added_rows(&table.id).iter().position(|other| *other == row)?;
        Some(format!("{} {}", table.row_name, rank + 1))
    }

    /// What to write to move a row one place up, or down; nothing at the end of the table.
    pub fn moved_row(&self, mark: &At, up: bool) -> Vec<(At, String)> {
        let marks = row::moved(&self.ranked(&mark.field), &mark.row, up);
        marks.into_iter().map(|(row, raw)| (At::in_row(&mark.field, row), raw)).collect()
    }

    /// The rows of a table that are there with their keys, in their order.
    fn ranked(&self, table: &str) -> Vec<(&str, &str)> {
        let marks = self.by_field.get(table).into_iter().flatten();
        let mut rows: Vec<(&str, &str)> = Vec::new();
        // Nearly in order already: most rows never move.
        for (id, mark) in marks.filter(|(_, mark)| row::is_here(&mark.raw)) {
            let key = row::key(id, &mark.raw);
            let place = rows.partition_point(|(before, other)| (*other, *before) < (key, id));
            rows.insert(place, (id, key));
        }
        rows
    }

    /// Every answer with its place, sorted by field, then row.
    pub fn iter(&self) -> impl Iterator<Item = (At, &Answer)> {
        let mut by_field: Vec<_> = self.by_field.iter().collect();
        by_field.sort_unstable_by_key(|(field, _)| *field);
        by_field
            .into_iter()
            .flat_map(|(field, rows)| rows.iter().map(|(row, a)| (At::in_row(field, row), a)))
    }

    /// Only the answers that count in a revision.
    #[must_use]
    pub fn counted(&self, form: &Revision) -> Self {
        let mut counted = Self::default();
        for at in self.relevant(form) {
            if let Some(answer) = self.at(&at) {
                counted.put(at, answer.clone());
            }
        }
        counted
    }

    /// The places that count in a revision, in its order: visible questions of existing rows. Marks
    /// of added rows come before the questions of their table. Whatever is not here is neither
    /// checked, nor deposited, nor exported.
    pub fn relevant(&self, form: &Revision) -> Vec<At> {
        let mut places = Vec::new();
        for section in form.sections.iter().filter(|s| s.visible.holds(self, "")) {
            for group in section.groups.iter().filter(|g| g.visible.holds(self, "")) {
                let rows = match &group.body {
                    Body::Fields(_) => vec![""],
                    Body::Table(table) => {
                        let rows = self.rows(table);
                        if !table.is_grid() {
                            places.extend(rows.iter().map(|row| At::in_row(&table.id, row)));
                        }
                        rows
                    }
                };
                for row in rows {
                    let visible = group.fields().iter().filter(|field| field.is_put(self, row));
                    places.extend(visible.map(|field| At::in_row(&field.id, row)));
                }
            }
        }
        places
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Origin, Standing,
        fixture::{form, ready_but},
    };

    fn places(others: &[(&str, &str)]) -> Vec<String> {
        ready_but(others).relevant(&form()).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn only_questions_that_are_put_count() {
        let few = [
            "s.name",
            "s.amount",
            "s.asks",
            "s.rows#a",
            "s.rows.part#a",
            "s.rows.note#a",
            "s.lines.cell#60",
        ];
        assert_eq!(places(&[]), few);
        let stale = [("s.reason", "x"), ("t.late", "x"), ("s.lines.cell#T", "1")];
        assert_eq!(places(&stale), few, "hidden or computed, whatever they hold");
        let more = places(&[("s.asks", "oui")]);
        for place in ["s.reason", "s.lines.cell#61", "t.late"] {
            assert!(more.iter().any(|at| at == place), "{place}");
        }
        assert_eq!(more.len(), few.len() + 3);
    }

    #[test]
    fn sources_travel_apart_from_answers() {
        let at = At::once("s.name");
        let said = Provenance {
            origin: Origin::AspAnnex,
            reference: "annexe".to_owned(),
            as_of: "2026-01-01".to_owned(),
            key: String::new(),
            fetched_at: 0,
            value: "Ici".to_owned(),
            standing: Standing::ToConfirm,
        };
        let mut filled = ready_but(&[]);
        filled.set_provenance(&at, said.clone());
        let mut bare = filled.without_sources();
        let left = bare.at(&at).and_then(|answer| answer.provenance.clone()).unwrap();
        assert_eq!((left.standing, left.value.as_str()), (Standing::ToConfirm, ""));
        assert_ne!(bare, filled);
        bare.set_provenance(&at, said.clone());
        assert_eq!(bare, filled);
        bare.set_provenance(&At::once("s.reason"), said);
        assert_eq!(bare, filled, "no answer, no source");
    }

    #[test]
    fn rows_stand_in_the_order_they_were_added_then_moved() {
        let filled = ready_but(&[("s.rows+C", ""), ("s.rows+B", ""), ("s.rows#a", "")]);
        assert_eq!(filled.added_rows("s.rows"), ["B", "C"]);
        let places = filled.relevant(&form());
        assert!(places.iter().all(|at| at.row != "a"), "a removed row is not asked");
        assert!(places.iter().any(|at| at.to_string() == "s.rows.part#B"));
        let mut moved = filled.clone();
        for (at, raw) in filled.moved_row(&At::in_row("s.rows", "C"), true) {
            moved.set(at, raw);
        }
        assert_eq!(moved.added_rows("s.rows"), ["C", "B"]);
        assert_eq!(moved.moved_row(&At::in_row("s.rows", "C"), true), []);
    }

    #[test]
    fn a_grid_has_the_lines_to_fill() {
        let form = form();
        let grid = form.table("s.lines").unwrap();
        assert_eq!(ready_but(&[]).rows(grid), ["60"]);
        assert_eq!(ready_but(&[("s.asks", "oui")]).rows(grid), ["60", "61"]);
    }
}
