//! What a form says otherwise than another: read as a list, in the order of the form.

use std::collections::BTreeMap;

use super::compose::words;
use crate::{Cond, FieldDef, Group, Revision, Section};

/// Title or label, and introduction or help.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Words<'a> {
    /// Title or label.
    pub label: &'a str,
    /// Introduction or help.
    pub hint: &'a str,
}

/// One thing that differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Difference<'a> {
    /// A step more.
    StepAdded(&'a Section),
    /// A card more.
    CardAdded(&'a Section, &'a Group),
    /// A question more.
    QuestionAdded(&'a Section, &'a FieldDef),
    /// A step, a card or a question has other words.
    Reworded {
        /// The step it stands in.
        section: &'a Section,
        /// Its id.
        id: &'a str,
        /// Before.
        before: Words<'a>,
        /// After.
        after: Words<'a>,
    },
    /// A card or a question has another place among its siblings.
    Moved {
        /// The step it stands in.
        section: &'a Section,
        /// Its id.
        id: &'a str,
        /// Its title or label.
        label: &'a str,
        /// What comes just before; nothing when it is the first.
        after: Option<&'a str>,
    },
    /// The answer is no longer required.
    Relaxed(&'a Section, &'a FieldDef),
    /// The question is no longer put.
    Hidden(&'a Section, &'a FieldDef),
    /// The question takes another kind of answer, or is put or required otherwise: before, after.
    Changed(&'a Section, &'a FieldDef, &'a FieldDef),
    /// The question is not there any more.
    Removed(&'a Section, &'a FieldDef),
}

impl<'a> Difference<'a> {
    /// The step it is read under.
    pub fn section(&self) -> &'a Section {
        match self {
            Self::StepAdded(section)
            | Self::CardAdded(section, _)
            | Self::QuestionAdded(section, _)
            | Self::Reworded { section, .. }
            | Self::Moved { section, .. }
            | Self::Relaxed(section, _)
            | Self::Hidden(section, _)
            | Self::Changed(section, _, _)
            | Self::Removed(section, _) => section,
        }
    }
}

/// What `new` says otherwise than `old`, in the order of `new`; what was removed stands last.
pub fn review<'a>(old: &'a Revision, new: &'a Revision) -> Vec<Difference<'a>> {
    let mut found = Vec::new();
    for section in new.sections.iter().map(AsRef::as_ref) {
        match old.section(&section.id) {
            Some(_) => reworded(old, (section, &section.id), new, &mut found),
            None => found.push(Difference::StepAdded(section)),
        }
        let cards: Vec<&str> = section.groups.iter().map(|group| group.id.as_ref()).collect();
        let old_cards = old.section(&section.id).into_iter().flat_map(|of| of.groups.iter());
        let old_cards: Vec<&str> = old_cards.map(|group| group.id.as_ref()).collect();
        let moved_cards = moved(&old_cards, &cards);
        for (rank, group) in section.groups.iter().enumerate() {
            let before =
                old.sections.iter().flat_map(|s| s.groups.iter()).find(|g| g.id == group.id);
            match before {
                Some(_) => reworded(old, (section, &group.id), new, &mut found),
                None => found.push(Difference::CardAdded(section, group)),
            }
            if moved_cards.contains(&group.id.as_ref()) {
                let after = rank.checked_sub(1).map(|rank| section.groups[rank].title.as_ref());
                let (id, label) = (group.id.as_ref(), group.title.as_ref());
                found.push(Difference::Moved { section, id, label, after });
            }
            questions(old, new, section, (before, group), &mut found);
        }
    }
    for place in old.places() {
        if new.place(&place.field.id).is_none() {
            found.push(Difference::Removed(place.section, place.field));
        }
    }
    found
}

fn questions<'a>(
    old: &'a Revision,
    new: &'a Revision,
    section: &'a Section,
    (before, group): (Option<&'a Group>, &'a Group),
    found: &mut Vec<Difference<'a>>,
) {
    let ids: Vec<&str> = group.fields().iter().map(|field| field.id.as_ref()).collect();
    let old_ids = before.map(|of| of.fields().iter().map(|f| f.id.as_ref()).collect::<Vec<_>>());
    let moved = moved(&old_ids.unwrap_or_default(), &ids);
    for (rank, field) in group.fields().iter().map(AsRef::as_ref).enumerate() {
        let Some(was) = old.place(&field.id).map(|place| place.field) else {
            found.push(Difference::QuestionAdded(section, field));
            continue;
        };
        reworded(old, (section, &field.id), new, found);
        if moved.contains(&field.id.as_ref()) {
            let after = rank.checked_sub(1).map(|rank| group.fields()[rank].label.as_ref());
            let (id, label) = (field.id.as_ref(), field.label.as_ref());
            found.push(Difference::Moved { section, id, label, after });
        }
        let hidden = field.visible == Cond::Never && was.visible != Cond::Never;
        let relaxed = field.required == Cond::Never && was.required != Cond::Never;
        if hidden {
            found.push(Difference::Hidden(section, field));
        }
        if relaxed {
            found.push(Difference::Relaxed(section, field));
        }
        let same = field.kind == was.kind
            && field.asked == was.asked
            && (hidden || field.visible == was.visible)
            && (relaxed || field.required == was.required);
        if !same {
            found.push(Difference::Changed(section, was, field));
        }
    }
}

fn reworded<'a>(
    old: &'a Revision,
    (section, id): (&'a Section, &'a str),
    new: &'a Revision,
    found: &mut Vec<Difference<'a>>,
) {
    let read = |form: &'a Revision| words(form, id).map(|(label, hint)| Words { label, hint });
    if let (Some(before), Some(after)) = (read(old), read(new))
        && before != after
    {
        found.push(Difference::Reworded { section, id, before, after });
    }
}

/// The fewest siblings that must move for the order before to become the order after.
fn moved<'a>(before: &[&str], after: &[&'a str]) -> Vec<&'a str> {
    let ranks: BTreeMap<&str, usize> = before.iter().enumerate().map(|(n, id)| (*id, n)).collect();
    let known: Vec<(&str, usize)> =
        after.iter().filter_map(|id| ranks.get(id).map(|rank| (*id, *rank))).collect();
    // Longest run of siblings that keep their order: the others moved. A card has a few dozen.
    let mut best: Vec<Vec<usize>> = Vec::new();
    for (n, (_, rank)) in known.iter().enumerate() {
        let fits = |run: &&Vec<usize>| run.last().is_some_and(|last| known[*last].1 < *rank);
        let mut run =
            best.iter().filter(fits).max_by_key(|run| run.len()).cloned().unwrap_or_default();
        run.push(n);
        best.push(run);
    }
    let stay = best.into_iter().max_by_key(Vec::len).unwrap_or_default();
    let moved = known.iter().enumerate().filter(|(n, _)| !stay.contains(n));
    moved.map(|(_, (id, _))| *id).collect()
}
