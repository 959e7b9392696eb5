//! Changing a sketch: each change is a version. A change that is wrong is refused with its faults; what
//! was wrong before stays to be mended.

use dossier::id::SketchId;
use form::{
    FieldDef, Group, Revision, Section,
    overlay::{Edit, Fault, Overlay, slug},
};

use super::{Change, LONGEST_TITLE, Sketch, StudioError, TRIES, Version, lay, national_of, one};
use crate::{Actor, Services, StoreError};

/// Most changes of an overlay: a form that differs more is another form.
const MOST_EDITS: usize = 400;

/// One change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Gesture {
    /// Another title.
    Title(String),
    /// A step more.
    AddStep {
        /// The step before.
        after: Option<String>,
        /// Its title.
        title: String,
        /// What is wanted there.
        intro: String,
    },
    /// A card more, at the end of a step.
    AddCard {
        /// The step.
        section: String,
        /// Its title.
        title: String,
        /// A sentence under it.
        intro: String,
    },
    /// A question more; its id is given to it.
    Ask {
        /// The card.
        group: String,
        /// The question before.
        after: Option<String>,
        /// The question.
        question: Box<FieldDef>,
    },
    /// A question of the overlay is asked otherwise.
    Change(Box<FieldDef>),
    /// Something that the overlay adds goes.
    Remove(String),
    /// Other words.
    Reword {
        /// For what.
        id: String,
        /// Title or label.
        label: String,
        /// Introduction or help.
        hint: String,
    },
    /// An answer is facultative, or as the form has it.
    Relax(String, bool),
    /// A question is hidden, or put again.
    Hide(String, bool),
    /// A card or a question goes one place up, or down.
    Shift {
        /// Which.
        id: String,
        /// Whether up.
        up: bool,
    },
    /// As an earlier version had it.
    Restore(u32),
    /// Everything as in a file.
    Import(Box<Overlay>),
}

/// Makes a change to the latest version, whoever made it. Gives what was changed: its id.
///
/// # Errors
/// See [`StudioError`]; nothing is kept then.
pub async fn make(
    services: &Services,
    actor: &Actor,
    id: &SketchId,
    gesture: &Gesture,
) -> Result<String, StudioError> {
    for _ in 0..TRIES {
        let sketch = one(services, actor, id).await?;
        let done = changed(services, &sketch, gesture).await?;
        let Some(Done { overlay, change, what, touched }) = done else { return Ok(String::new()) };
        let number = sketch.last.number + 1;
        let (at, by) = (services.now(), actor.account_id.clone());
        let by_name = actor.name.clone();
        let version = Version { number, overlay, change, what, at, by, by_name };
        match services.store.add_sketch_version(id, &version).await {
            Err(StoreError::Conflict) => {}
            kept => return Ok(kept.map(|()| touched)?),
        }
    }
    Err(StoreError::Conflict.into())
}

/// An overlay after a change.
struct Done {
    overlay: Overlay,
    change: Change,
    what: String,
    touched: String,
}

/// `None`: nothing changes.
async fn changed(
    services: &Services,
    sketch: &Sketch,
    gesture: &Gesture,
) -> Result<Option<Done>, StudioError> {
    let before = &sketch.last.overlay;
    let national = national_of(before)?;
    let (laid, known) = lay(before, national);
    let mut overlay = before.clone();
    let (change, what, touched) = match gesture {
        Gesture::Restore(number) => {
            let versions = services.store.sketch_versions(&sketch.id).await?;
            let version = versions.into_iter().find(|version| version.number == *number);
            overlay = version.ok_or(StudioError::BadRequest)?.overlay;
            (Change::Restored, number.to_string(), String::new())
        }
        Gesture::Import(from) => {
            overlay.title.clone_from(&from.title);
            overlay.edits = renamed(from, &overlay.name)?;
            (Change::Imported, from.title.clone(), String::new())
        }
        Gesture::Ask { group, after, question } => {
            let prefix =
                match laid.sections.iter().flat_map(|s| s.groups.iter()).find(|g| g.id == *group) {
                    Some(Group { body: form::Body::Table(table), .. }) => table.id.to_string(),
                    _ => overlay.name.clone(),
                };
            let mut question = FieldDef::clone(question);
            let id = fresh_id(services, &laid, &overlay, (&prefix, &question.label)).await?;
            question.id = id.clone().into();
            let what = question.label.to_string();
            overlay.add(Edit::AddQuestion { group: group.clone(), after: after.clone(), question });
            (Change::Added, what, id)
        }
        Gesture::AddCard { section, title, intro } => {
            let id = fresh_id(services, &laid, &overlay, (&overlay.name, title)).await?;
            let step = laid.section(section).ok_or(StudioError::BadRequest)?;
            let after = step.groups.last().map(|group| group.id.to_string());
            let mut group = Group::new("", "");
            (group.id, group.title) = (id.clone().into(), title.clone().into());
            group.intro = intro.clone().into();
            overlay.add(Edit::AddGroup { section: section.clone(), after, group });
            (Change::Added, title.clone(), id)
        }
        Gesture::AddStep { after, title, intro } => {
            let id = fresh_id(services, &laid, &overlay, (&overlay.name, title)).await?;
            let mut section = Section::new("", "");
            (section.id, section.title) = (id.clone().into(), title.clone().into());
            section.intro = intro.clone().into();
            overlay.add(Edit::AddSection { after: after.clone(), section });
            (Change::Added, title.clone(), id)
        }
        plain => done(plain, &mut overlay, (national, &laid))?,
    };
    if overlay == *before {
        return Ok(None);
    }
    if overlay.edits.len() > MOST_EDITS {
        return Err(StudioError::BadRequest);
    }
    // Going back, and a file, are taken as they are: what is wrong in them is shown to be mended.
    if !matches!(gesture, Gesture::Restore(_) | Gesture::Import(_)) {
        let (_, now) = lay(&overlay, national);
        let new = new_faults(&known, now);
        if !new.is_empty() {
            return Err(StudioError::Faults(new));
        }
    }
    Ok(Some(Done { overlay, change, what, touched }))
}

/// Changes that need nothing but the overlay and its form.
fn done(
    gesture: &Gesture,
    overlay: &mut Overlay,
    (national, laid): (&Revision, &Revision),
) -> Result<(Change, String, String), StudioError> {
    let called = |id: &str| called(laid, id);
    Ok(match gesture {
        Gesture::Title(title) => {
            let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
            if title.is_empty() || title.chars().count() > LONGEST_TITLE {
                return Err(StudioError::Title);
            }
            overlay.title.clone_from(&title);
            (Change::Titled, title, String::new())
        }
        Gesture::Change(question) => {
            let id = question.id.to_string();
            if !overlay.replace(&id, FieldDef::clone(question)) {
                return Err(StudioError::BadRequest);
            }
            (Change::Changed, question.label.to_string(), id)
        }
        Gesture::Remove(id) => {
            if !overlay.adds(id) {
                return Err(StudioError::BadRequest);
            }
            overlay.remove(id);
            (Change::Removed, called(id), String::new())
        }
        Gesture::Reword { id, label, hint } => {
            overlay.reword(national, id, label, hint);
            (Change::Reworded, called(id), id.clone())
        }
        Gesture::Relax(id, relaxed) => {
            overlay.relax(id, *relaxed);
            (if *relaxed { Change::Relaxed } else { Change::Required }, called(id), id.clone())
        }
        Gesture::Hide(id, hidden) => {
            overlay.hide(id, *hidden);
            (if *hidden { Change::Hidden } else { Change::Shown }, called(id), id.clone())
        }
        Gesture::Shift { id, up } => {
            overlay.shift(laid, id, *up);
            (Change::Moved, called(id), id.clone())
        }
        Gesture::Ask { .. }
        | Gesture::AddCard { .. }
        | Gesture::AddStep { .. }
        | Gesture::Restore(_)
        | Gesture::Import(_) => return Err(StudioError::BadRequest),
    })
}

/// What people call a step, a card or a question.
fn called(form: &Revision, id: &str) -> String {
    let section = form.section(id).map(|section| &section.title);
    let mut groups = form.sections.iter().flat_map(|section| section.groups.iter());
    let group = groups.find(|group| group.id == id).map(|group| &group.title);
    let question = form.place(id).map(|place| &place.field.label);
    question.or(group).or(section).map_or_else(|| id.to_owned(), ToString::to_string)
}

/// Faults that were not there before.
fn new_faults(known: &[Fault], now: Vec<Fault>) -> Vec<Fault> {
    let mut known: Vec<(&str, &form::overlay::Wrong)> =
        known.iter().map(|fault| (fault.id.as_str(), &fault.wrong)).collect();
    let is_new = |fault: &Fault| {
        let same = known.iter().position(|one| *one == (fault.id.as_str(), &fault.wrong));
        same.map(|rank| known.remove(rank)).is_none()
    };
    now.into_iter().filter(is_new).collect()
}

/// An id in the name of the overlay, or of one of its tables, that nothing bears nor bore in an edition
/// of it.
async fn fresh_id(
    services: &Services,
    laid: &Revision,
    overlay: &Overlay,
    (prefix, label): (&str, &str),
) -> Result<String, StoreError> {
    let editions = services.store.editions().await?;
    let base = match slug(label, 30).replace('-', "_") {
        empty if empty.is_empty() => "question".to_owned(),
        base => base,
    };
    let is_taken = |id: &str| {
        overlay.adds(id)
            || laid.place(id).is_some()
            || laid.table(id).is_some()
            || editions.iter().any(|one| one.overlay.name == overlay.name && one.overlay.adds(id))
    };
    let first = format!("{prefix}.{base}");
    let mut ids = std::iter::once(first.clone()).chain((2..).map(|n| format!("{first}_{n}")));
    Ok(ids.find(|id| !is_taken(id)).unwrap_or(first))
}

/// The changes of an overlay, under another name: ids that it adds begin with it.
pub(super) fn renamed(from: &Overlay, name: &str) -> Result<Vec<Edit>, StudioError> {
    if from.name == name {
        return Ok(from.edits.clone());
    }
    let mut edits = serde_json::to_value(&from.edits).map_err(|_| StoreError::Corrupt)?;
    rename(&mut edits, &from.name, name);
    serde_json::from_value(edits).map_err(|_| StudioError::BadRequest)
}

/// Ids are texts of their own: no sentence is one.
fn rename(value: &mut serde_json::Value, from: &str, to: &str) {
    match value {
        serde_json::Value::String(text) => {
            if text == from {
                to.clone_into(text);
            } else if let Some(rest) = text.strip_prefix(from).filter(|rest| rest.starts_with('.'))
                && !rest.contains(' ')
            {
                *text = format!("{to}{rest}");
            }
        }
        serde_json::Value::Array(values) => values.iter_mut().for_each(|one| rename(one, from, to)),
        serde_json::Value::Object(values) => {
            values.values_mut().for_each(|one| rename(one, from, to));
        }
        _ => {}
    }
}
