//! Laying an overlay over a form: every fault is told, not only the first.

use std::{borrow::Cow, collections::BTreeSet};

use super::{
    Edit, Fault, MOST_QUESTIONS, Overlay, Reach, Wrong, text,
    tree::{field_mut, fields_mut, group_mut, insert, reworded, section_mut, shift, table_id},
};
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
        let (form, faults) = self.lay(national, retired, number);
        if faults.is_empty() { Ok(form) } else { Err(faults) }
    }

    /// The form with the changes that can be made, to look at, and everything that is wrong in the
    /// overlay. Nobody fills it while something is wrong.
    pub fn lay(
        &self,
        national: &Revision,
        retired: &[&str],
        number: u32,
    ) -> (Revision, Vec<Fault>) {
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
        (form, faults)
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
                if !edit.only_adds() && !self.orders_own(edit) {
                    let wrong = Wrong::NotInSupplement;
                    self.faults.push(Fault { edit: Some(rank), id: String::new(), wrong });
                }
            }
        }
    }

    /// Whether a change moves a question or a card that the overlay adds.
    fn orders_own(&self, edit: &Edit) -> bool {
        let prefix = format!("{}.", self.overlay.name);
        matches!(edit, Edit::Move { id, .. } if id.starts_with(&prefix))
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
