//! Making an overlay one change at a time, as who edits one in the studio does. Changes that cancel
//! one another leave no trace; what is wrong is told when the overlay is laid.

use super::{Edit, Overlay, text};
use crate::{Body, FieldDef, Group, Revision, Section, bare};

impl Overlay {
    /// Whether something of the form is added by this overlay.
    pub fn adds(&self, id: &str) -> bool {
        self.edits.iter().any(|edit| match edit {
            Edit::AddSection { section, .. } => {
                section.id == id || section.groups.iter().any(|group| bears(group, id))
            }
            Edit::AddGroup { group, .. } => bears(group, id),
            Edit::AddQuestion { question, .. } => question.id == id,
            _ => false,
        })
    }

    /// A question that it adds.
    pub fn question(&self, id: &str) -> Option<&FieldDef> {
        self.edits.iter().flat_map(|edit| edit.added().fields()).find(|field| field.id == id)
    }

    /// Adds something, after what was done before.
    pub fn add(&mut self, edit: Edit) {
        self.edits.push(edit);
    }

    /// Puts a question in the place of one that it adds. `false`: it adds no such question.
    pub fn replace(&mut self, id: &str, question: FieldDef) -> bool {
        for edit in &mut self.edits {
            let place = match edit {
                Edit::AddQuestion { question, .. } if question.id == id => Some(question),
                Edit::AddGroup { group, .. } => in_group(group, id),
                Edit::AddSection { section, .. } => {
                    section.groups.to_mut().iter_mut().find_map(|group| in_group(group, id))
                }
                _ => None,
            };
            if let Some(place) = place {
                *place = question;
                return true;
            }
        }
        false
    }

    /// Takes away something that it adds, with what stands in it and what was done to it.
    pub fn remove(&mut self, id: &str) {
        let mut gone = vec![id.to_owned()];
        for edit in &self.edits {
            match edit {
                Edit::AddSection { section, .. } if section.id == id => {
                    gone.extend(section.groups.iter().flat_map(ids_of));
                }
                Edit::AddGroup { section, group, .. }
                    if gone.contains(section) || group.id == id =>
                {
                    gone.extend(ids_of(group));
                }
                Edit::AddQuestion { group, question, .. } if gone.contains(group) => {
                    gone.push(question.id.to_string());
                }
                _ => {}
            }
        }
        let is_gone = |id: &str| gone.iter().any(|one| one == id);
        self.edits.retain(|edit| match edit {
            Edit::AddSection { section, .. } => !is_gone(&section.id),
            Edit::AddGroup { group, .. } => !is_gone(&group.id),
            Edit::AddQuestion { question, .. } => !is_gone(&question.id),
            Edit::Reword { id, .. }
            | Edit::Move { id, .. }
            | Edit::Relax { id }
            | Edit::Hide { id } => !is_gone(id),
        });
        for edit in &mut self.edits {
            match edit {
                Edit::AddGroup { group, .. } => take_out(group, &gone),
                Edit::AddSection { section, .. } => {
                    let groups = section.groups.to_mut();
                    groups.retain(|group| !is_gone(&group.id));
                    for group in groups {
                        take_out(group, &gone);
                    }
                }
                _ => {}
            }
            // What stood after it stands where it stood.
            if let Edit::AddSection { after, .. }
            | Edit::AddGroup { after, .. }
            | Edit::AddQuestion { after, .. } = edit
                && after.as_deref().is_some_and(is_gone)
            {
                *after = None;
            }
        }
        self.edits.retain(
            |edit| !matches!(edit, Edit::Move { after: Some(after), .. } if is_gone(after)),
        );
    }

    /// Gives other words to a step, a card or a question of this form; the words of the form take them
    /// back.
    pub fn reword(&mut self, national: &Revision, id: &str, label: &str, hint: &str) {
        for edit in &mut self.edits {
            if let Some((own_label, own_hint)) = own_words(edit, id) {
                (*own_label, *own_hint) = (text(label), text(hint));
                return;
            }
        }
        self.edits.retain(|edit| !matches!(edit, Edit::Reword { id: of, .. } if of == id));
        let (was_label, was_hint) = words(national, id).unwrap_or_default();
        let label = (label != was_label).then(|| label.to_owned());
        let hint = (hint != was_hint).then(|| hint.to_owned());
        if label.is_some() || hint.is_some() {
            self.edits.push(Edit::Reword { id: id.to_owned(), label, hint });
        }
    }

    /// Makes an answer facultative, or as the form has it.
    pub fn relax(&mut self, id: &str, relaxed: bool) {
        self.edits.retain(|edit| !matches!(edit, Edit::Relax { id: of } if of == id));
        if relaxed {
            // Before the question is hidden, which only a facultative one can be.
            let hidden =
                self.edits.iter().position(|e| matches!(e, Edit::Hide { id: of } if of == id));
            let rank = hidden.unwrap_or(self.edits.len());
            self.edits.insert(rank, Edit::Relax { id: id.to_owned() });
        }
    }

    /// Hides a question, or puts it again.
    pub fn hide(&mut self, id: &str, hidden: bool) {
        self.edits.retain(|edit| !matches!(edit, Edit::Hide { id: of } if of == id));
        if hidden {
            self.edits.push(Edit::Hide { id: id.to_owned() });
        }
    }

    /// Moves a card or a question one place up or down among its siblings in the form as it is laid.
    /// `false`: it cannot go there.
    pub fn shift(&mut self, laid: &Revision, id: &str, up: bool) -> bool {
        let Some((siblings, rank)) = siblings(laid, id) else { return false };
        let after = match (up, rank) {
            (true, 0) => return false,
            (true, 1) => None,
            (true, _) => Some(siblings[rank - 2].clone()),
            (false, _) => match siblings.get(rank + 1) {
                Some(next) => Some(next.clone()),
                None => return false,
            },
        };
        let moved = Edit::Move { id: id.to_owned(), after };
        if matches!(self.edits.last(), Some(Edit::Move { id: of, .. }) if of == id) {
            self.edits.pop();
        }
        self.edits.push(moved);
        true
    }
}

/// A text as a name: small letters without accents, digits, dashes; at most so many.
pub fn slug(text: &str, most: usize) -> String {
    let mut name = String::new();
    for letter in bare(text).chars() {
        if letter.is_ascii_alphanumeric() {
            name.push(letter);
        } else if !name.is_empty() && !name.ends_with('-') {
            name.push('-');
        }
    }
    name.truncate(most);
    name.trim_end_matches('-').to_owned()
}

/// The words of a step, a card or a question: title or label, introduction or help.
pub fn words<'a>(form: &'a Revision, id: &str) -> Option<(&'a str, &'a str)> {
    if let Some(section) = form.section(id) {
        return Some((&section.title, &section.intro));
    }
    let mut groups = form.sections.iter().flat_map(|section| section.groups.iter());
    if let Some(group) = groups.find(|group| group.id == id) {
        return Some((&group.title, &group.intro));
    }
    form.place(id).map(|place| (place.field.label.as_ref(), place.field.hint.as_ref()))
}

/// What stands beside a card or a question, itself among it, and its rank.
fn siblings(form: &Revision, id: &str) -> Option<(Vec<String>, usize)> {
    for section in &form.sections {
        if let Some(rank) = section.groups.iter().position(|group| group.id == id) {
            return Some((section.groups.iter().map(|g| g.id.to_string()).collect(), rank));
        }
        for group in section.groups.iter() {
            if let Some(rank) = group.fields().iter().position(|field| field.id == id) {
                return Some((group.fields().iter().map(|f| f.id.to_string()).collect(), rank));
            }
        }
    }
    None
}

fn bears(group: &Group, id: &str) -> bool {
    group.id == id || group.fields().iter().any(|field| field.id == id)
}

fn ids_of(group: &Group) -> Vec<String> {
    let fields = group.fields().iter().map(|field| field.id.to_string());
    std::iter::once(group.id.to_string()).chain(fields).collect()
}

fn in_group<'a>(group: &'a mut Group, id: &str) -> Option<&'a mut FieldDef> {
    let fields = super::tree::fields_mut(group);
    fields.iter_mut().find(|field| field.id == id).map(std::borrow::Cow::to_mut)
}

fn take_out(group: &mut Group, gone: &[String]) {
    let is_gone = |id: &str| gone.iter().any(|one| one == id);
    match &mut group.body {
        Body::Fields(fields) => fields.to_mut().retain(|field| !is_gone(&field.id)),
        Body::Table(table) => table.columns.to_mut().retain(|field| !is_gone(&field.id)),
    }
}

/// The words of what an edit adds under this id.
fn own_words<'a>(
    edit: &'a mut Edit,
    id: &str,
) -> Option<(&'a mut crate::Text, &'a mut crate::Text)> {
    fn of_group<'a>(
        group: &'a mut Group,
        id: &str,
    ) -> Option<(&'a mut crate::Text, &'a mut crate::Text)> {
        if group.id == id {
            return Some((&mut group.title, &mut group.intro));
        }
        in_group(group, id).map(|field| (&mut field.label, &mut field.hint))
    }
    match edit {
        Edit::AddSection { section: Section { id: own, title, intro, groups, .. }, .. } => {
            if own == id {
                return Some((title, intro));
            }
            groups.to_mut().iter_mut().find_map(|group| of_group(group, id))
        }
        Edit::AddGroup { group, .. } => of_group(group, id),
        Edit::AddQuestion { question, .. } if question.id == id => {
            Some((&mut question.label, &mut question.hint))
        }
        _ => None,
    }
}
