//! The form studio: overlays made in the browser, one change after the other. A facilitator makes
//! variants, for sessions of the open lab; agents of a DDETS prepare the supplement of their
//! département and its signatory publishes it, as with whatever the département decides. Each change
//! is a version, and none is lost.

mod beginning;
pub mod composing;
pub mod laid;
pub mod simulating;

pub use self::beginning::{Start, begin, starts};

use dossier::{
    form::revisions::{FormKey, retired},
    id::{AccountId, SketchId},
    role::{Role, Scope},
    simulation::Report,
};
use form::{
    Revision,
    overlay::{Fault, Overlay},
};

use crate::{Actor, Millis, Services, StoreError, forms::form_of};

/// Longest title of an overlay, in characters.
pub const LONGEST_TITLE: usize = 120;
/// How often a change is tried again when somebody else made one meanwhile.
const TRIES: usize = 8;

/// What was done to make a version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each says itself; the sentences are in the interface")]
pub enum Change {
    Begun,
    Imported,
    Titled,
    Added,
    Changed,
    Removed,
    Reworded,
    Moved,
    Relaxed,
    Required,
    Hidden,
    Shown,
    Restored,
}

impl Change {
    /// All of them.
    pub const ALL: [Self; 13] = [
        Self::Begun,
        Self::Imported,
        Self::Titled,
        Self::Added,
        Self::Changed,
        Self::Removed,
        Self::Reworded,
        Self::Moved,
        Self::Relaxed,
        Self::Required,
        Self::Hidden,
        Self::Shown,
        Self::Restored,
    ];

    /// Stable code, stored.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Begun => "begun",
            Self::Imported => "imported",
            Self::Titled => "titled",
            Self::Added => "added",
            Self::Changed => "changed",
            Self::Removed => "removed",
            Self::Reworded => "reworded",
            Self::Moved => "moved",
            Self::Relaxed => "relaxed",
            Self::Required => "required",
            Self::Hidden => "hidden",
            Self::Shown => "shown",
            Self::Restored => "restored",
        }
    }

    /// Reads back a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|change| change.code() == code)
    }
}

/// An overlay as it stood after one change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// First, second … from 1.
    pub number: u32,
    /// The overlay; it may be wrong.
    pub overlay: Overlay,
    /// What was done.
    pub change: Change,
    /// To what, in words; may be empty.
    pub what: String,
    /// When.
    pub at: Millis,
    /// By whom.
    pub by: AccountId,
    /// Name of whom.
    pub by_name: String,
}

/// An overlay that is being made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sketch {
    /// Its id.
    pub id: SketchId,
    /// The département of a supplement; empty for a variant.
    pub department: String,
    /// When it was begun.
    pub made_at: Millis,
    /// By whom.
    pub made_by: AccountId,
    /// Name of whom.
    pub made_by_name: String,
    /// When it was put away.
    pub aside_at: Option<Millis>,
    /// How it stands.
    pub last: Version,
    /// What was published of it: the version, and the form that it makes; latest last.
    pub published: Vec<(u32, FormKey)>,
}

impl Sketch {
    /// Whether it is a variant, to be tried.
    pub fn is_variant(&self) -> bool {
        self.department.is_empty()
    }

    /// Whether it is published as it stands.
    pub fn is_published(&self) -> bool {
        self.published.last().is_some_and(|(version, _)| *version == self.last.number)
    }
}

/// What a version would do to the dossiers, as it was found out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Simulation {
    /// Of which version.
    pub version: u32,
    /// What it says.
    pub report: Report,
    /// When.
    pub at: Millis,
    /// Who asked.
    pub by: AccountId,
    /// Name of who.
    pub by_name: String,
}

/// A sketch and the form that it makes.
pub struct Opened {
    /// The sketch.
    pub sketch: Sketch,
    /// The national form under it.
    pub national: &'static Revision,
    /// The form with the changes that can be made.
    pub laid: Revision,
    /// What is wrong in it.
    pub faults: Vec<Fault>,
    /// Whether this person publishes it.
    pub publishes: bool,
}

/// Why something of the studio is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StudioError {
    /// No such sketch, or nothing for this person: the same answer.
    #[error("no such sketch")]
    NotFound,
    /// This change is wrong, and nothing was kept of it.
    #[error("{} faults", .0.len())]
    Faults(Vec<Fault>),
    /// A title that is missing, or too long.
    #[error("no title")]
    Title,
    /// What was sent makes no sense.
    #[error("this makes no sense")]
    BadRequest,
    /// Losses that nobody accepted yet: they are in the simulation that was just kept.
    #[error("{0} losses are not accepted")]
    Unaccepted(usize),
    /// It is published as it stands already.
    #[error("published already")]
    Published,
    /// The store cannot answer.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What a person makes in the studio.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Bench {
    /// Variants, for sessions of the open lab.
    Variants,
    /// The supplements of these départements.
    Supplements(Vec<String>),
}

/// What this person makes. For anybody else there is no studio.
///
/// # Errors
/// For anybody else.
pub fn bench(actor: &Actor) -> Result<Bench, StudioError> {
    match &actor.scope {
        _ if actor.role == Role::Facilitator => Ok(Bench::Variants),
        Scope::Departments(departments) if actor.role.instructs() => {
            Ok(Bench::Supplements(departments.clone()))
        }
        _ => Err(StudioError::NotFound),
    }
}

/// Whether this person publishes what it makes: a variant is only tried; a supplement is asked of
/// every structure of the département, and who signs for it decides.
pub fn publishes(actor: &Actor) -> bool {
    matches!(actor.role, Role::Facilitator | Role::DdetsSignatory)
}

impl Bench {
    fn holds(&self, department: &str) -> bool {
        match self {
            Self::Variants => department.is_empty(),
            Self::Supplements(departments) => departments.iter().any(|one| one == department),
        }
    }
}

/// The sketches of this person's bench, latest change first.
///
/// # Errors
/// For who has none, or when the store cannot answer.
pub async fn list(services: &Services, actor: &Actor) -> Result<Vec<Sketch>, StudioError> {
    let departments = match bench(actor)? {
        Bench::Variants => vec![String::new()],
        Bench::Supplements(departments) => departments,
    };
    let mut sketches = services.store.sketches(&departments).await?;
    sketches.sort_by_key(|sketch| std::cmp::Reverse(sketch.last.at));
    Ok(sketches)
}

/// A sketch, for whose bench it is on.
///
/// # Errors
/// For anybody else, or when the store cannot answer.
pub async fn one(services: &Services, actor: &Actor, id: &SketchId) -> Result<Sketch, StudioError> {
    let bench = bench(actor)?;
    let sketch = services.store.sketch(id).await?;
    sketch.filter(|sketch| bench.holds(&sketch.department)).ok_or(StudioError::NotFound)
}

/// A sketch with the form that it makes.
///
/// # Errors
/// See [`one`].
pub async fn open(
    services: &Services,
    actor: &Actor,
    id: &SketchId,
) -> Result<Opened, StudioError> {
    let sketch = one(services, actor, id).await?;
    let national = national_of(&sketch.last.overlay)?;
    let (laid, faults) = lay(&sketch.last.overlay, national);
    Ok(Opened { publishes: publishes(actor), sketch, national, laid, faults })
}

/// Every version of a sketch, latest first.
///
/// # Errors
/// See [`one`].
pub async fn versions(
    services: &Services,
    actor: &Actor,
    id: &SketchId,
) -> Result<(Sketch, Vec<Version>), StudioError> {
    let sketch = one(services, actor, id).await?;
    let mut versions = services.store.sketch_versions(id).await?;
    versions.reverse();
    Ok((sketch, versions))
}

fn national_of(overlay: &Overlay) -> Result<&'static Revision, StudioError> {
    let national = form_of(&overlay.form, overlay.revision).ok_or(StudioError::BadRequest)?;
    Ok(national.revision)
}

fn lay(overlay: &Overlay, national: &Revision) -> (Revision, Vec<Fault>) {
    overlay.lay(national, &retired(&overlay.form), 1)
}

/// Puts a sketch away, or takes it out again.
///
/// # Errors
/// See [`one`].
pub async fn put_aside(
    services: &Services,
    actor: &Actor,
    id: &SketchId,
    aside: bool,
) -> Result<(), StudioError> {
    one(services, actor, id).await?;
    let at = aside.then(|| services.now());
    Ok(services.store.put_sketch_aside(id, at).await?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_read_back() {
        for change in Change::ALL {
            assert_eq!(Change::from_code(change.code()), Some(change));
        }
    }
}
