//! A whole form at one moment of its life, and finding a question in it.

use std::{borrow::Cow, sync::OnceLock};

use serde::{Deserialize, Serialize};

use crate::{Answers, At, Body, FieldDef, Group, Section, Table, Text};

/// A form at one moment of its life. Frozen revisions render deposited dossiers for ever. Once a
/// question was looked up, its steps stay as they are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Revision {
    /// Which form ("conventionnement").
    pub form: Text,
    /// Which revision of it.
    pub number: u32,
    /// What is laid over it, with its number ("nievre-2"); empty for the national form.
    #[serde(default, skip_serializing_if = "str::is_empty")]
    pub overlay: Text,
    /// Its steps.
    pub sections: Vec<Cow<'static, Section>>,
    #[serde(skip)]
    index: Index,
}

/// Where a question stands in a revision.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    /// Its step.
    pub section: &'a Section,
    /// Its card.
    pub group: &'a Group,
    /// Its table, for a question asked per row.
    pub table: Option<&'a Table>,
    /// The question.
    pub field: &'a FieldDef,
}

/// Where an id stands, as ranks.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Spot {
    /// Rank of the step in the form.
    pub section: usize,
    /// Rank of the card in its step.
    group: usize,
    /// Rank of the question in its card; `None` for a table.
    field: Option<usize>,
    /// Rank of the question among all; that of its first column for a table.
    pub order: usize,
}

/// Every id of a question or table with its spot, sorted by id. Made at the first look-up, from the
/// sections alone: it is neither written nor compared.
#[derive(Default)]
struct Index(OnceLock<Box<[Spot]>>);

impl Clone for Index {
    // A copy may be given other sections before it is read.
    fn clone(&self) -> Self {
        Self::default()
    }
}

impl PartialEq for Index {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Index {}

impl std::fmt::Debug for Index {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Index")
    }
}

impl Revision {
    /// A revision of a form.
    pub fn new(form: &'static str, number: u32, sections: Vec<Cow<'static, Section>>) -> Self {
        let (form, overlay) = (Cow::Borrowed(form), Cow::Borrowed(""));
        Self { form, number, overlay, sections, index: Index::default() }
    }

    /// Every question with its place, in the order of the form.
    pub fn places(&self) -> impl Iterator<Item = Place<'_>> {
        self.sections.iter().flat_map(|section| {
            section.groups.iter().flat_map(move |group| {
                let table = table_of(group);
                group.fields().iter().map(move |field| Place { section, group, table, field })
            })
        })
    }

    /// A question by its id.
    pub fn place(&self, field: &str) -> Option<Place<'_>> {
        let spot = self.find(field, false)?;
        let section: &Section = &self.sections[spot.section];
        let group = &section.groups[spot.group];
        let field = &group.fields()[spot.field?];
        Some(Place { section, group, table: table_of(group), field })
    }

    /// A table by its id.
    pub fn table(&self, id: &str) -> Option<&Table> {
        let spot = self.find(id, true)?;
        table_of(&self.sections[spot.section].groups[spot.group])
    }

    /// A step by its id.
    pub fn section(&self, id: &str) -> Option<&Section> {
        // A dozen at most: nothing to index.
        self.sections.iter().map(AsRef::as_ref).find(|section| section.id == id)
    }

    /// Where a question stands, or a table.
    pub(crate) fn spot(&self, id: &str) -> Option<Spot> {
        self.find(id, false).or_else(|| self.find(id, true))
    }

    /// Where a question or a table stands among all.
    pub fn order(&self, id: &str) -> Option<usize> {
        self.spot(id).map(|spot| spot.order)
    }

    /// The step in which a question or a table stands.
    pub fn section_of(&self, id: &str) -> Option<&Section> {
        self.spot(id).map(|spot| self.sections[spot.section].as_ref())
    }

    /// Whether a place is asked: its question, or the table whose mark it is, is put in this row.
    pub fn puts(&self, answers: &Answers, at: &At) -> bool {
        let Some(spot) = self.spot(&at.field) else { return false };
        let section = &self.sections[spot.section];
        let group = &section.groups[spot.group];
        section.visible.holds(answers, "")
            && group.visible.holds(answers, "")
            && spot.field.is_none_or(|field| group.fields()[field].is_put(answers, &at.row))
    }

    fn find(&self, id: &str, table: bool) -> Option<Spot> {
        let spots = self.index.0.get_or_init(|| self.spots());
        let key = (table, id);
        let first = spots.partition_point(|spot| self.key(spot) < key);
        spots.get(first).filter(|spot| self.key(spot) == key).copied()
    }

    fn spots(&self) -> Box<[Spot]> {
        let mut spots = Vec::new();
        let mut order = 0;
        for (section, step) in self.sections.iter().enumerate() {
            for (group, card) in step.groups.iter().enumerate() {
                if table_of(card).is_some() {
                    spots.push(Spot { section, group, field: None, order });
                }
                for field in 0..card.fields().len() {
                    spots.push(Spot { section, group, field: Some(field), order });
                    order += 1;
                }
            }
        }
        // Stable: of two questions of the same id, the first is found.
        spots.sort_by(|one, other| self.key(one).cmp(&self.key(other)));
        spots.into()
    }

    /// What the index is sorted by: questions, then tables, by id.
    fn key(&self, spot: &Spot) -> (bool, &str) {
        let group = &self.sections[spot.section].groups[spot.group];
        match spot.field {
            Some(field) => (false, &group.fields()[field].id),
            None => (true, table_of(group).map_or("", |table| &table.id)),
        }
    }
}

fn table_of(group: &Group) -> Option<&Table> {
    match &group.body {
        Body::Table(table) => Some(table),
        Body::Fields(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Moment, check,
        fixture::{answers, form, ready_but},
    };

    #[test]
    fn every_id_is_found_where_it_stands() {
        let form = form();
        for (order, place) in form.places().enumerate() {
            let found = form.place(&place.field.id).unwrap();
            assert_eq!(found.field, place.field);
            assert_eq!((found.section, found.group), (place.section, place.group));
            assert_eq!(found.table, place.table);
            assert_eq!(form.spot(&place.field.id).unwrap().order, order);
        }
        assert_eq!(form.table("s.rows").unwrap().max_rows, 3);
        assert_eq!(form.section("t").unwrap().title, "Fin");
        for id in ["", "s", "s.one", "s.rows", "s.zzz", "zzz"] {
            assert!(form.place(id).is_none(), "{id}");
        }
        assert!(form.table("s.name").is_none() && form.table("zzz").is_none());
        assert!(form.section("s.one").is_none());
    }

    #[test]
    fn a_copy_finds_its_own_questions() {
        let form = form();
        assert!(form.place("s.name").is_some());
        let mut copy = form.clone();
        copy.sections.remove(0);
        assert_ne!(copy, form);
        assert!(copy.place("s.name").is_none());
        assert_eq!(copy.place("t.late").unwrap().section.id, "t");
    }

    #[test]
    fn a_frozen_form_reads_back_and_checks_the_same() {
        let form = form();
        assert!(form.place("s.name").is_some(), "looking up leaves no trace");
        let text = serde_json::to_string(&form).unwrap();
        assert!(!text.contains("index"));
        let read: Revision = serde_json::from_str(&text).unwrap();
        assert_eq!(read, form);
        for filled in [answers(&[]), ready_but(&[("s.asks", "oui"), ("s.amount", "x")])] {
            let problems = check(&read, &filled, &[], Moment::Deposit);
            assert!(!problems.is_empty());
            assert_eq!(problems, check(&form, &filled, &[], Moment::Deposit));
            assert_eq!(filled.relevant(&read), filled.relevant(&form));
        }
    }
}
