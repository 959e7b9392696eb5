//! Lenses that agents compose for themselves, or for the service of a département: who instructs there
//! reads through them too. Its author alone changes one.

use dossier::{
    id::{AccountId, DossierId, LensId},
    reading::{
        Lens,
        composed::{self, Composed, Refused},
    },
    right::{Right, ever},
    role::Scope,
};
use form::Revision;

use crate::{
    Actor, DossierHead, Millis, Services, StoreError,
    drafts::ReadError,
    forms,
    instruction::{Reading, open},
};

/// Most lenses that one person has of a form.
pub const MOST: usize = 30;

/// A lens with whose it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Composition {
    /// Its id.
    pub id: LensId,
    /// Name of the form that it is for.
    pub form: String,
    /// What was composed.
    pub composed: Composed,
    /// The département whose service reads it too; empty for its author alone.
    pub department: String,
    /// Who composed it.
    pub by: AccountId,
    /// Name of who.
    pub by_name: String,
    /// When.
    pub at: Millis,
    /// When it was taken out of the lists.
    pub removed: Option<Millis>,
}

impl Composition {
    /// What a dossier is read through.
    pub fn lens(&self) -> Lens {
        composed::lens(self.id.as_str(), &self.composed)
    }
}

/// Who reads lenses: a person, and the départements where they instruct. Made of an actor alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Readers {
    account: AccountId,
    departments: Vec<String>,
}

impl Readers {
    /// Those that an actor is one of; `None` for who composes and reads none.
    pub fn of(actor: &Actor) -> Option<Self> {
        let departments = match &actor.scope {
            Scope::Departments(departments) if ever(actor.role, Right::ComposeLens) => departments,
            _ => return None,
        };
        Some(Self { account: actor.account_id.clone(), departments: departments.clone() })
    }

    /// The person.
    pub const fn account(&self) -> &AccountId {
        &self.account
    }

    /// Where they instruct.
    pub fn departments(&self) -> &[String] {
        &self.departments
    }
}

/// Why a lens is not kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LensError {
    /// No such dossier or lens for this actor, or not for their role.
    #[error("nothing of that name for this actor")]
    NotFound,
    /// It asks nothing, or of nothing.
    #[error("it is not composed: {0:?}")]
    Refused(Refused),
    /// The service of a département that is not theirs.
    #[error("not a service of this actor")]
    NotTheirs,
    /// They have [`MOST`] already.
    #[error("too many lenses")]
    TooMany,
    /// The store cannot answer.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<ReadError> for LensError {
    fn from(error: ReadError) -> Self {
        match error {
            ReadError::NotFound => Self::NotFound,
            ReadError::Store(error) => Self::Store(error),
        }
    }
}

/// What is typed of a lens.
#[derive(Clone, Debug, Default)]
pub struct Typed {
    /// The question.
    pub question: String,
    /// Ids of steps and cards.
    pub chosen: Vec<String>,
    /// The département whose service is to read it; empty for oneself alone.
    pub department: String,
}

/// The lenses that an actor may read dossiers of a form through: their own, then their service's.
///
/// # Errors
/// When the store cannot answer.
pub async fn of(
    services: &Services,
    actor: &Actor,
    form: &str,
) -> Result<Vec<Composition>, StoreError> {
    let mut all = all(services, actor, form).await?;
    all.retain(|one| one.removed.is_none());
    Ok(all)
}

/// The same, with those of their own that were removed.
async fn all(
    services: &Services,
    actor: &Actor,
    form: &str,
) -> Result<Vec<Composition>, StoreError> {
    let Some(readers) = Readers::of(actor) else { return Ok(Vec::new()) };
    let mut all = services.store.lenses(form, &readers).await?;
    all.sort_by_key(|one| one.by != actor.account_id);
    Ok(all)
}

/// Where lenses are composed: a dossier, its form, and the lenses of whoever composes.
pub struct Bench {
    /// The dossier.
    pub head: DossierHead,
    /// Its form.
    pub form: &'static Revision,
    /// Those of its form, removed ones of their own among them.
    pub lenses: Vec<Composition>,
    /// Départements with whose service they may share.
    pub departments: Vec<String>,
}

impl Bench {
    /// One of their own.
    pub fn own(&self, id: &LensId, actor: &Actor) -> Option<&Composition> {
        self.lenses.iter().find(|one| one.id == *id && one.by == actor.account_id)
    }
}

/// Opens it.
///
/// # Errors
/// When there is no such dossier for this actor, or they compose none.
pub async fn bench(services: &Services, actor: &Actor, id: &DossierId) -> Result<Bench, LensError> {
    let readers = Readers::of(actor).ok_or(LensError::NotFound)?;
    let Reading { head, deposit, .. } = open(services, actor, id).await?;
    let key = deposit.snapshot().ok_or(StoreError::Corrupt)?.form_key();
    let form = forms::of(services, &key).await?.revision;
    let lenses = all(services, actor, &head.form).await?;
    Ok(Bench { head, form, lenses, departments: readers.departments })
}

/// Composes a lens, or another one in the place of one's own.
///
/// # Errors
/// See [`LensError`]; nothing is kept then.
pub async fn compose(
    services: &Services,
    actor: &Actor,
    id: &DossierId,
    lens: Option<&LensId>,
    typed: &Typed,
) -> Result<LensId, LensError> {
    let bench = bench(services, actor, id).await?;
    let before = match lens {
        Some(lens) => Some(bench.own(lens, actor).ok_or(LensError::NotFound)?.clone()),
        None => None,
    };
    let theirs = bench.departments.contains(&typed.department);
    if !typed.department.is_empty() && !theirs {
        return Err(LensError::NotTheirs);
    }
    let shown = before.as_ref().map(|one| one.composed.shows.as_slice()).unwrap_or_default();
    let composed = composed::compose(bench.form, &typed.question, &typed.chosen, shown);
    let composed = composed.map_err(LensError::Refused)?;
    let department = typed.department.clone();
    if let Some(before) = before {
        let lens = Composition { composed, department, ..before };
        let kept = services.store.put_lens(&lens).await?;
        return if kept { Ok(lens.id) } else { Err(LensError::NotFound) };
    }
    let own = bench.lenses.iter().filter(|one| one.by == actor.account_id && one.removed.is_none());
    if own.count() >= MOST {
        return Err(LensError::TooMany);
    }
    let lens = Composition {
        id: services.ulid().into(),
        form: bench.head.form,
        composed,
        department,
        by: actor.account_id.clone(),
        by_name: actor.name.clone(),
        at: services.now(),
        removed: None,
    };
    services.store.add_lens(&lens).await?;
    Ok(lens.id)
}

/// Takes one's own lens out of the lists, or puts it back.
///
/// # Errors
/// See [`LensError`]; nothing is changed then.
pub async fn remove(
    services: &Services,
    actor: &Actor,
    lens: &LensId,
    removed: bool,
) -> Result<(), LensError> {
    Readers::of(actor).ok_or(LensError::NotFound)?;
    let at = removed.then(|| services.now());
    let found = services.store.remove_lens(lens, &actor.account_id, at).await?;
    if found { Ok(()) } else { Err(LensError::NotFound) }
}
