//! Finding and moving the parts of a form that is being changed. Steps that nobody touches stay shared
//! with the national form.

use std::borrow::Cow;

use super::Wrong;
use crate::{Body, FieldDef, Group, Section, Text};

/// The table of a card.
pub(super) fn table_id(group: &Group) -> Option<String> {
    match &group.body {
        Body::Table(table) => Some(table.id.to_string()),
        Body::Fields(_) => None,
    }
}

/// The questions of a card.
pub(super) fn fields_mut(group: &mut Group) -> &mut Vec<Cow<'static, FieldDef>> {
    match &mut group.body {
        Body::Fields(fields) => fields.to_mut(),
        Body::Table(table) => table.columns.to_mut(),
    }
}

/// A step by its id.
pub(super) fn section_mut<'a>(
    sections: &'a mut [Cow<'static, Section>],
    id: &str,
) -> Option<&'a mut Section> {
    sections.iter_mut().find(|section| section.id == id).map(Cow::to_mut)
}

/// A card by its id.
pub(super) fn group_mut<'a>(
    sections: &'a mut [Cow<'static, Section>],
    id: &str,
) -> Option<&'a mut Group> {
    let holds = |section: &&mut Cow<'static, Section>| section.groups.iter().any(|g| g.id == id);
    let section = sections.iter_mut().find(holds)?.to_mut();
    section.groups.to_mut().iter_mut().find(|group| group.id == id)
}

/// A question by its id.
pub(super) fn field_mut<'a>(
    sections: &'a mut [Cow<'static, Section>],
    id: &str,
) -> Option<&'a mut FieldDef> {
    let mut groups = sections.iter().flat_map(|section| section.groups.iter());
    let card = groups.find(|group| group.fields().iter().any(|field| field.id == id))?.id.clone();
    let fields = fields_mut(group_mut(sections, &card)?);
    fields.iter_mut().find(|field| field.id == id).map(Cow::to_mut)
}

/// The words of whatever bears an id: title or label, introduction or help.
pub(super) fn reworded<'a>(
    sections: &'a mut [Cow<'static, Section>],
    id: &str,
) -> Option<(&'a mut Text, &'a mut Text)> {
    if sections.iter().any(|section| section.id == id) {
        return section_mut(sections, id).map(|s| (&mut s.title, &mut s.intro));
    }
    if sections.iter().any(|section| section.groups.iter().any(|group| group.id == id)) {
        return group_mut(sections, id).map(|group| (&mut group.title, &mut group.intro));
    }
    field_mut(sections, id).map(|field| (&mut field.label, &mut field.hint))
}

/// Where something comes that follows a sibling.
fn rank_after<T>(
    list: &[T],
    after: Option<&str>,
    id: impl Fn(&T) -> &str,
) -> Result<usize, (String, Wrong)> {
    let Some(after) = after else { return Ok(0) };
    let before = list.iter().position(|item| id(item) == after);
    let absent = || (String::new(), Wrong::NotThere { after: after.to_owned() });
    before.map(|rank| rank + 1).ok_or_else(absent)
}

/// Puts something after a sibling, or first.
pub(super) fn insert<T>(
    list: &mut Vec<T>,
    after: Option<&str>,
    new: T,
    id: impl Fn(&T) -> &str,
) -> Result<(), (String, Wrong)> {
    let rank = rank_after(list, after, id)?;
    list.insert(rank, new);
    Ok(())
}

/// Moves something after a sibling, or first.
pub(super) fn shift<T>(
    list: &mut Vec<T>,
    moved: &str,
    after: Option<&str>,
    id: impl Fn(&T) -> &str,
) -> Result<(), (String, Wrong)> {
    let here = list.iter().position(|item| id(item) == moved);
    let here = here.ok_or_else(|| (moved.to_owned(), Wrong::Unknown))?;
    if after == Some(moved) {
        return Err((moved.to_owned(), Wrong::NotSuch));
    }
    let item = list.remove(here);
    match rank_after(list, after, id) {
        Ok(rank) => list.insert(rank, item),
        Err(absent) => {
            list.insert(here, item);
            return Err(absent);
        }
    }
    Ok(())
}
