//! Who is away, and who looks after their dossiers meanwhile. The dossiers stay with who follows them.

use std::collections::BTreeMap;

use dossier::{
    id::{AccountId, is_ulid},
    leave::{Leave, LeaveRefused, may_cover},
};
use form::Date;

use crate::{
    Actor, DossierHead, Millis, Services, StoreError,
    worklist::{Colleague, Line, Within},
};

/// Most leaves that one person has ahead of them.
const MOST: usize = 20;

/// A leave, of whom and covered by whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cover {
    /// Its id: a ULID.
    pub id: String,
    /// From when to when.
    pub leave: Leave,
    /// Who is away.
    pub absent: Colleague,
    /// Who looks after their dossiers.
    pub by: Colleague,
    /// When it was said.
    pub said_at: Millis,
}

/// Why a leave is not kept.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LeaveError {
    /// Not for this role, or no such leave of this actor.
    #[error("nothing of that name for this actor")]
    NotFound,
    /// The dates make no sense.
    #[error("the dates are refused: {0:?}")]
    Dates(LeaveRefused),
    /// It has a day in common with another one of the same person.
    #[error("two leaves meet")]
    Meets(Leave),
    /// The colleague does not instruct where this person does, or may not decide in their place.
    #[error("not this colleague")]
    NotThem,
    /// The colleague is away too.
    #[error("the colleague is away too")]
    AwayToo(Leave),
    /// There are too many.
    #[error("too many leaves")]
    TooMany,
    /// The store cannot answer.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What a person finds: their own leaves that are not over, whom they cover, and who may cover them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Leaves {
    /// Their own.
    pub mine: Vec<Cover>,
    /// Those of others that they cover.
    pub covered: Vec<Cover>,
    /// Who may cover them.
    pub colleagues: Vec<Colleague>,
}

/// The leaves that concern somebody, from today on.
///
/// # Errors
/// When this role follows no dossiers.
pub async fn of(services: &Services, actor: &Actor) -> Result<Leaves, LeaveError> {
    if !actor.role.instructs() {
        return Err(LeaveError::NotFound);
    }
    let today = services.clock.today().ok_or(StoreError::Corrupt)?;
    let all = services.store.leaves_about(&actor.account_id, today).await?;
    let (mine, covered) = all.into_iter().partition(|one| one.absent.id == actor.account_id);
    Ok(Leaves { mine, covered, colleagues: who_may_cover(services, actor).await? })
}

/// Who instructs wherever this person does, and may decide whatever they may.
async fn who_may_cover(services: &Services, actor: &Actor) -> Result<Vec<Colleague>, StoreError> {
    let within = Within::of(&actor.scope, None);
    let mut found: Option<Vec<Colleague>> = None;
    for department in within.departments().unwrap_or_default() {
        let there = Within::of(&actor.scope, Some(department));
        let there = services.store.instructors(&there).await?;
        found = Some(match found {
            None => there,
            Some(before) => before.into_iter().filter(|one| there.contains(one)).collect(),
        });
    }
    let mut may = Vec::new();
    for one in found.unwrap_or_default() {
        let account = services.store.account(&one.id).await?;
        let fits = account.is_some_and(|account| may_cover(actor.role, account.role));
        if fits && one.id != actor.account_id {
            may.push(one);
        }
    }
    Ok(may)
}

/// Says that this person is away, and who looks after their dossiers.
///
/// # Errors
/// See [`LeaveError`].
pub async fn say(
    services: &Services,
    actor: &Actor,
    (first, last): (Date, Date),
    by: &AccountId,
) -> Result<(), LeaveError> {
    let Leaves { mine, colleagues, .. } = of(services, actor).await?;
    let today = services.clock.today().ok_or(StoreError::Corrupt)?;
    let leave = Leave::said(first, last, today).map_err(LeaveError::Dates)?;
    if let Some(other) = mine.iter().find(|one| one.leave.meets(leave)) {
        return Err(LeaveError::Meets(other.leave));
    }
    if mine.len() >= MOST {
        return Err(LeaveError::TooMany);
    }
    let by = colleagues.into_iter().find(|one| one.id == *by).ok_or(LeaveError::NotThem)?;
    let theirs = services.store.leaves_about(&by.id, today).await?;
    let away = theirs.iter().find(|one| one.absent.id == by.id && one.leave.meets(leave));
    if let Some(away) = away {
        return Err(LeaveError::AwayToo(away.leave));
    }
    let absent = Colleague { id: actor.account_id.clone(), name: actor.name.clone() };
    let (id, said_at) = (services.ulid(), services.now());
    Ok(services.store.add_leave(&Cover { id, leave, absent, by, said_at }).await?)
}

/// Ends a leave of this person, or calls it off.
///
/// # Errors
/// When they have no such leave.
pub async fn end(services: &Services, actor: &Actor, id: &str) -> Result<(), LeaveError> {
    if !is_ulid(id) || !services.store.remove_leave(id, &actor.account_id).await? {
        return Err(LeaveError::NotFound);
    }
    Ok(())
}

/// Who is away, with who covers them.
pub type Away = BTreeMap<AccountId, Cover>;

/// Those who are away today in a part of the country, with who covers them there. A cover that does not
/// instruct there any more covers nobody.
///
/// # Errors
/// When the store cannot answer.
pub async fn today(services: &Services, within: &Within) -> Result<Away, StoreError> {
    let today = services.clock.today().ok_or(StoreError::Corrupt)?;
    let all = services.store.leaves_on(today).await?;
    if all.is_empty() {
        return Ok(Away::new());
    }
    let there = services.store.instructors(within).await?;
    let holds = |one: &Cover| there.contains(&one.absent) && there.contains(&one.by);
    Ok(all.into_iter().filter(holds).map(|one| (one.absent.id.clone(), one)).collect())
}

/// Who covers who follows a dossier, today.
///
/// # Errors
/// When the store cannot answer.
pub async fn cover_of(
    services: &Services,
    head: &DossierHead,
    follower: Option<&AccountId>,
) -> Result<Option<Cover>, StoreError> {
    let Some(follower) = follower else { return Ok(None) };
    let mut all = today(services, &Within::one(&head.department)).await?;
    Ok(all.remove(follower))
}

/// Says on lines of the list who covers who follows them.
pub(crate) fn mark(lines: &mut [Line], away: &Away) {
    for line in lines {
        let cover = line.followed_by.as_ref().and_then(|account| away.get(account));
        line.cover = cover.map(|cover| cover.by.clone());
    }
}
