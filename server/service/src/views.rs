//! Filters, order and search of the work list under a name: one's own, or shared with those who instruct
//! in a same département. A view says "me" for whoever reads it.

use dossier::id::{AccountId, is_ulid};

use crate::{Actor, Millis, Services, StoreError};

/// Longest name, in characters.
pub const LONGEST_NAME: usize = 40;
/// Most views of one person.
const MOST: usize = 20;
/// Longest address of a list, in bytes.
const LONGEST_QUERY: usize = 1_000;
/// How long a view that was removed can be taken back.
const KEPT: i64 = 24 * 60 * 60 * 1_000;

/// A view.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct View {
    /// Its id: a ULID.
    pub id: String,
    /// Whose it is.
    pub by: AccountId,
    /// Name of whose.
    pub by_name: String,
    /// What it is called.
    pub name: String,
    /// What it asks, as the address of the list says it.
    pub query: String,
    /// Whether colleagues see it.
    pub is_shared: bool,
    /// When it was made.
    pub at: Millis,
    /// When it was removed.
    pub removed: Option<Millis>,
}

/// The views of a person.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Views {
    /// Their own, then those of colleagues.
    pub all: Vec<View>,
    /// The one that opens first.
    pub first: Option<String>,
}

/// A view as somebody wants it.
#[derive(Clone, Debug)]
pub struct Wanted<'a> {
    /// What it is called.
    pub name: &'a str,
    /// What it asks.
    pub query: &'a str,
    /// Whether colleagues see it.
    pub is_shared: bool,
    /// Whether it opens first.
    pub is_first: bool,
}

/// Why a view is not kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ViewError {
    /// Not for this role, or no such view of this actor.
    #[error("nothing of that name for this actor")]
    NotFound,
    /// It has no name, or too long a one.
    #[error("the name is empty or too long")]
    BadName,
    /// Another one of the same person has the name.
    #[error("the name is taken")]
    Taken,
    /// There are too many.
    #[error("too many views")]
    TooMany,
    /// The store cannot answer.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The views that a person sees; none for who has no work list to work by.
///
/// # Errors
/// When the store cannot answer.
pub async fn of(services: &Services, actor: &Actor) -> Result<Views, StoreError> {
    if !actor.role.instructs() {
        return Ok(Views::default());
    }
    let mut all = services.store.work_views(&actor.account_id).await?;
    all.sort_by_key(|one| (one.by != actor.account_id, one.at, one.id.clone()));
    let first = services.store.first_work_view(&actor.account_id).await?;
    // One that a colleague shares no more, or removed, opens for nobody else.
    let first = first.filter(|id| all.iter().any(|one| one.id == *id));
    Ok(Views { all, first })
}

/// Keeps a view, new or over the one of this id; gives its id.
///
/// # Errors
/// See [`ViewError`].
pub async fn keep(
    services: &Services,
    actor: &Actor,
    id: Option<&str>,
    wanted: &Wanted<'_>,
) -> Result<String, ViewError> {
    if !actor.role.instructs() {
        return Err(ViewError::NotFound);
    }
    let name = wanted.name.split_whitespace().collect::<Vec<_>>().join(" ");
    let long = name.chars().count();
    if long == 0 || long > LONGEST_NAME || wanted.query.len() > LONGEST_QUERY {
        return Err(ViewError::BadName);
    }
    let Views { all, first } = of(services, actor).await?;
    let mine: Vec<_> = all.iter().filter(|one| one.by == actor.account_id).collect();
    let same = |one: &&&View| one.name.to_lowercase() == name.to_lowercase();
    if mine.iter().find(same).is_some_and(|one| Some(one.id.as_str()) != id) {
        return Err(ViewError::Taken);
    }
    let before = match id {
        None if mine.len() >= MOST => return Err(ViewError::TooMany),
        None => None,
        Some(id) => Some(mine.iter().find(|one| one.id == id).ok_or(ViewError::NotFound)?),
    };
    let view = View {
        id: before.map_or_else(|| services.ulid(), |one| one.id.clone()),
        by: actor.account_id.clone(),
        by_name: actor.name.clone(),
        name,
        query: wanted.query.to_owned(),
        is_shared: wanted.is_shared,
        at: before.map_or_else(|| services.now(), |one| one.at),
        removed: None,
    };
    services.store.put_work_view(&view, services.now().plus(-KEPT)).await?;
    let is_first = first.as_deref() == Some(view.id.as_str());
    if is_first != wanted.is_first {
        let first = wanted.is_first.then_some(view.id.as_str());
        services.store.set_first_work_view(&actor.account_id, first).await?;
    }
    Ok(view.id)
}

/// Makes a view that this person sees open first, or none.
///
/// # Errors
/// When they see no such view.
pub async fn open_first(
    services: &Services,
    actor: &Actor,
    id: Option<&str>,
) -> Result<(), ViewError> {
    if let Some(id) = id {
        let seen = of(services, actor).await?.all.into_iter().any(|one| one.id == id);
        seen.then_some(()).ok_or(ViewError::NotFound)?;
    }
    Ok(services.store.set_first_work_view(&actor.account_id, id).await?)
}

/// A view of this person, removed or not.
///
/// # Errors
/// When they have none of this id.
pub async fn mine(services: &Services, actor: &Actor, id: &str) -> Result<View, ViewError> {
    let view = if is_ulid(id) { services.store.work_view(id).await? } else { None };
    view.filter(|one| one.by == actor.account_id).ok_or(ViewError::NotFound)
}

/// Removes a view of this person, or takes it back.
///
/// # Errors
/// When they have none of this id.
pub async fn remove(
    services: &Services,
    actor: &Actor,
    (id, is_removed): (&str, bool),
) -> Result<(), ViewError> {
    let mut view = mine(services, actor, id).await?;
    view.removed = is_removed.then(|| services.now());
    Ok(services.store.put_work_view(&view, services.now().plus(-KEPT)).await?)
}
