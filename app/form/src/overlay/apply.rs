//! Laying an overlay over a form: every fault is told, not only the first.

use std::{borrow::Cow, collections::BTreeSet};

use super::{Edit, Fault, MOST_QUESTIONS, Overlay, Reach, Wrong, text};
use crate::{Body, Cond, FieldDef, Group, Kind, Revision, Section};

/// Longest label or title, in characters.
const LABEL: usize = 200;
/// Longest help or introduction, in characters.
const HINT: usize = 1_000;

impl Overlay {
    /// The form with these changes, as number `number` of this overlay.
    ///
    /// # Errors
    /// Everything that is wrong in the overlay, in its order.
    pub fn over(
        &self,
        national: &Revision,
        retired: &[&str],
        number: u32,
    ) -> Result<Revision, Vec<Fault>> {
        let mut laying = Laying {
            overlay: self,
            sections: national.sections.clone(),
            taken: retired.iter().map(ToString::to_string).collect(),
            faults: Vec::new(),
            edit: None,
        };
        laying.whole(national);
        for (rank, edit) in self.edits.iter().enumerate() {
            laying.edit = Some(rank);
            laying.make(edit);
        }
        let mut form = Revision::new("", national.number, laying.sections);
        form.form.clone_from(&national.form);
        form.overlay = text(&format!("{}-{number}", self.name));
        let mut faults = laying.faults;
        faults.extend(self.unread(&form));
        faults.sort_by_key(|fault| fault.edit);
        if faults.is_empty() { Ok(form) } else { Err(faults) }
    }

    /// Conditions of added questions that read what is not there.
    fn unread(&self, form: &Revision) -> Vec<Fault> {
        let mut faults = Vec::new();
        for (rank, edit) in self.edits.iter().enumerate() {
            let mut look = |id: &str, conds: &[&Cond]| {
                for read in conds.iter().flat_map(|cond| cond.reads()) {
                    if form.place(read).is_none() {
                        let wrong = Wrong::ReadsUnknown { read: read.to_owned() };
                        faults.push(Fault { edit: Some(rank), id: id.to_owned(), wrong });
                    }
                }
            };
            if let Edit::AddSection { section, .. } = edit {
                look(&section.id, &[&section.visible]);
            }
            let added = edit.added();
            for group in added.groups {
                look(&group.id, &[&group.visible]);
                if let Body::Table(table) = &group.body {
                    table.lines.iter().for_each(|line| look(&line.id, &[&line.visible]));
                }
            }
            for field in added.fields() {
                look(&field.id, &[&field.asked, &field.visible, &field.required]);
            }
        }
        faults
    }
}

/// An overlay being laid.
struct Laying<'a> {
    overlay: &'a Overlay,
    sections: Vec<Cow<'static, Section>>,
    /// Ids that were retired: nothing bears them again.
    taken: BTreeSet<String>,
    faults: Vec<Fault>,
    edit: Option<usize>,
}

impl Laying<'_> {
    fn fault(&mut self, id: &str, wrong: Wrong) {
        self.faults.push(Fault { edit: self.edit, id: id.to_owned(), wrong });
    }

    /// What holds for the overlay as a whole.
    fn whole(&mut self, national: &Revision) {
        let overlay = self.overlay;
        if overlay.form != national.form || overlay.revision != national.number {
            self.fault("", Wrong::OtherForm);
        }
        let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if !(2..=40).contains(&overlay.name.len()) || !overlay.name.chars().all(fits) {
            self.fault("", Wrong::BadName);
        }
        self.words("", &overlay.title, "");
        if let Reach::Supplement { .. } = overlay.reach {
            let added = overlay.edits.iter().flat_map(|edit| edit.added().fields());
            if added.count() > MOST_QUESTIONS {
                self.fault("", Wrong::TooManyQuestions { most: MOST_QUESTIONS });
            }
            for (rank, edit) in overlay.edits.iter().enumerate() {
                if !edit.only_adds() {
                    let wrong = Wrong::NotInSupplement;
                    self.faults.push(Fault { edit: Some(rank), id: String::new(), wrong });
                }
            }
        }
    }

    fn make(&mut self, edit: &Edit) {
        match edit {
            Edit::AddSection { after, section } => {
                self.new_id(&section.id);
                self.words(&section.id, &section.title, &section.intro);
                for group in section.groups.iter() {
                    self.new_group(group);
                }
                let new = Cow::Owned(section.clone());
                let done = insert(&mut self.sections, after.as_deref(), new, |s| &s.id);
                self.done(done);
            }
            Edit::AddGroup { section, after, group } => {
                self.new_group(group);
                let Some(section) = section_mut(&mut self.sections, section) else {
                    return self.fault(section, Wrong::Unknown);
                };
                let groups = section.groups.to_mut();
                let done = insert(groups, after.as_deref(), group.clone(), |g| &g.id);
                self.done(done);
            }
            Edit::AddQuestion { group, after, question } => {
                let table = self.group(group).and_then(table_id);
                self.new_field(question, table.as_deref());
                let Some(card) = group_mut(&mut self.sections, group) else {
                    return self.fault(group, Wrong::Unknown);
                };
                let new = Cow::Owned(question.clone());
                let done = insert(fields_mut(card), after.as_deref(), new, |f| &f.id);
                self.done(done);
            }
            Edit::Reword { id, label, hint } => {
                let words = (label.as_deref().unwrap_or("-"), hint.as_deref().unwrap_or_default());
                self.words(id, words.0, words.1);
                let target = reworded(&mut self.sections, id);
                let Some((own_label, own_hint)) = target else {
                    return self.fault(id, Wrong::Unknown);
                };
                if let Some(label) = label {
                    *own_label = text(label);
                }
                if let Some(hint) = hint {
                    *own_hint = text(hint);
                }
            }
            Edit::Move { id, after } => {
                let done = self.moved(id, after.as_deref());
                self.done(done);
            }
            Edit::Relax { id } => {
                if let Some(field) = self.own_question(id) {
                    field.required = Cond::Never;
                }
            }
            Edit::Hide { id } => match self.own_question(id) {
                Some(field) if field.required != Cond::Never => self.fault(id, Wrong::Required),
                Some(field) => field.visible = Cond::Never,
                None => {}
            },
        }
    }

    fn done(&mut self, done: Result<(), (String, Wrong)>) {
        if let Err((id, wrong)) = done {
            self.fault(&id, wrong);
        }
    }

    /// A question that may be changed.
    fn own_question(&mut self, id: &str) -> Option<&mut FieldDef> {
        let fixed = self.fields().find(|field| field.id == id).map(|field| field.fixed);
        match fixed {
            None => self.fault(id, Wrong::Unknown),
            Some(true) => self.fault(id, Wrong::OfTheSystem),
            Some(false) => {}
        }
        (fixed == Some(false)).then(|| field_mut(&mut self.sections, id)).flatten()
    }

    fn moved(&mut self, id: &str, after: Option<&str>) -> Result<(), (String, Wrong)> {
        for section in &mut self.sections {
            if section.groups.iter().any(|group| group.id == id) {
                return shift(section.to_mut().groups.to_mut(), id, after, |g| &g.id);
            }
            let rank = section.groups.iter().position(|g| g.fields().iter().any(|f| f.id == id));
            if let Some(rank) = rank {
                let group = &mut section.to_mut().groups.to_mut()[rank];
                return shift(fields_mut(group), id, after, |f| &f.id);
            }
        }
        Err((id.to_owned(), Wrong::Unknown))
    }

    fn new_group(&mut self, group: &Group) {
        self.new_id(&group.id);
        self.words(&group.id, &group.title, &group.intro);
        let table = table_id(group);
        if let Body::Table(table) = &group.body {
            self.new_id(&table.id);
            if table.columns.is_empty() || table.min_rows > table.max_rows {
                self.fault(&table.id, Wrong::BadTable);
            }
            for line in table.lines.iter() {
                self.words(&line.id, &line.label, "");
            }
        }
        for field in group.fields() {
            self.new_field(field, table.as_deref());
        }
    }

    fn new_field(&mut self, field: &FieldDef, table: Option<&str>) {
        self.new_id(&field.id);
        if let Some(table) = table {
            let prefix = format!("{table}.");
            if !field.id.starts_with(&prefix) {
                self.fault(&field.id, Wrong::Outside { prefix });
            }
        }
        self.words(&field.id, &field.label, &field.hint);
        if field.fixed {
            self.fault(&field.id, Wrong::OfTheSystem);
        }
        let choices = field.kind.choices();
        let values: BTreeSet<&str> = choices.iter().map(|choice| choice.value.as_ref()).collect();
        let chooses = matches!(field.kind, Kind::OneOf(_) | Kind::ManyOf(_));
        if chooses && (values.len() < 2 || values.len() < choices.len()) {
            self.fault(&field.id, Wrong::BadChoices);
        }
        for choice in choices {
            self.words(&field.id, &choice.label, "");
        }
    }

    /// An id that the overlay gives: in its own name, and never borne.
    fn new_id(&mut self, id: &str) {
        let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "._-".contains(c);
        if id.len() > 80 || !id.chars().all(fits) {
            self.fault(id, Wrong::BadId);
        }
        let prefix = format!("{}.", self.overlay.name);
        if !id.starts_with(&prefix) && id != self.overlay.name {
            self.fault(id, Wrong::Outside { prefix });
        }
        let borne = self.sections.iter().any(|section| {
            section.id == id
                || section.groups.iter().any(|group| {
                    group.id == id
                        || table_id(group).is_some_and(|table| table == id)
                        || group.fields().iter().any(|field| field.id == id)
                })
        });
        if borne || !self.taken.insert(id.to_owned()) {
            self.fault(id, Wrong::Taken);
        }
    }

    fn words(&mut self, id: &str, label: &str, hint: &str) {
        if label.trim().is_empty() {
            self.fault(id, Wrong::NoWords);
        }
        for (words, most) in [(label, LABEL), (hint, HINT)] {
            if words.chars().count() > most {
                self.fault(id, Wrong::TooLong { most });
            }
        }
    }

    fn group(&self, id: &str) -> Option<&Group> {
        self.sections.iter().flat_map(|s| s.groups.iter()).find(|group| group.id == id)
    }

    fn fields(&self) -> impl Iterator<Item = &FieldDef> {
        let groups = self.sections.iter().flat_map(|section| section.groups.iter());
        groups.flat_map(Group::fields).map(AsRef::as_ref)
    }
}

fn table_id(group: &Group) -> Option<String> {
    match &group.body {
        Body::Table(table) => Some(table.id.to_string()),
        Body::Fields(_) => None,
    }
}

fn fields_mut(group: &mut Group) -> &mut Vec<Cow<'static, FieldDef>> {
    match &mut group.body {
        Body::Fields(fields) => fields.to_mut(),
        Body::Table(table) => table.columns.to_mut(),
    }
}

fn section_mut<'a>(sections: &'a mut [Cow<'static, Section>], id: &str) -> Option<&'a mut Section> {
    sections.iter_mut().find(|section| section.id == id).map(Cow::to_mut)
}

fn group_mut<'a>(sections: &'a mut [Cow<'static, Section>], id: &str) -> Option<&'a mut Group> {
    let holds = |section: &&mut Cow<'static, Section>| section.groups.iter().any(|g| g.id == id);
    let section = sections.iter_mut().find(holds)?.to_mut();
    section.groups.to_mut().iter_mut().find(|group| group.id == id)
}

fn field_mut<'a>(sections: &'a mut [Cow<'static, Section>], id: &str) -> Option<&'a mut FieldDef> {
    let mut groups = sections.iter().flat_map(|section| section.groups.iter());
    let card = groups.find(|group| group.fields().iter().any(|field| field.id == id))?.id.clone();
    let fields = fields_mut(group_mut(sections, &card)?);
    fields.iter_mut().find(|field| field.id == id).map(Cow::to_mut)
}

/// The words of whatever bears an id: title or label, introduction or help.
fn reworded<'a>(
    sections: &'a mut [Cow<'static, Section>],
    id: &str,
) -> Option<(&'a mut crate::Text, &'a mut crate::Text)> {
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

fn insert<T>(
    list: &mut Vec<T>,
    after: Option<&str>,
    new: T,
    id: impl Fn(&T) -> &str,
) -> Result<(), (String, Wrong)> {
    let rank = rank_after(list, after, id)?;
    list.insert(rank, new);
    Ok(())
}

fn shift<T>(
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
