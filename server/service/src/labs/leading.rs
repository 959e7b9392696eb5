//! What a facilitator does: prepares, opens, closes and resets a session, follows it, decides.

use dossier::{
    form::revisions::FormKey,
    id::LabId,
    lab::{Seat, Standing, code},
};
use form::Date;

use super::{
    Advice, Heard, Lab, LabError, Lacks, MINUTE, MOST_TASKS, Stage, leads, line_of, reads, text_of,
};
use crate::{Actor, Services, StoreError, forms};

/// Times a code is drawn anew when another session has it.
const DRAWS: usize = 8;
/// Longest time of an exercise, in minutes.
const LONGEST_EXERCISE: u32 = 600;

/// A session to prepare, as it is typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewLab {
    /// What it is about.
    pub title: String,
    /// Where it is held.
    pub place: String,
    /// On which day.
    pub day: Option<Date>,
    /// The form, as its key reads.
    pub form: String,
    /// On which sides one may sit.
    pub seats: Vec<Seat>,
    /// What participants are asked to do, one a line.
    pub tasks: String,
}

/// A form that a session may try.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// Which.
    pub key: FormKey,
    /// What people read; empty for the national form as it is.
    pub title: String,
}

/// The forms that may be tried: the national one in force, and what was published over it, latest
/// first.
///
/// # Errors
/// For who does not lead sessions, or when the store cannot answer.
pub async fn choices(services: &Services, actor: &Actor) -> Result<Vec<Choice>, LabError> {
    leads(actor)?;
    let national = forms::national(services, forms::CONVENTIONNEMENT);
    let national = national.ok_or(StoreError::Corrupt)?.revision;
    let mut editions = services.store.editions().await?;
    editions.retain(|edition| {
        let of = &edition.overlay;
        of.form == national.form && of.revision == national.number && edition.at <= services.now()
    });
    editions.sort_by_key(|edition| (std::cmp::Reverse(edition.at), edition.number));
    let national = Choice { key: FormKey::of(national), title: String::new() };
    let laid = editions
        .iter()
        .map(|edition| Choice { key: edition.key(), title: edition.overlay.title.clone() });
    Ok(std::iter::once(national).chain(laid).collect())
}

/// What is missing before a session can be prepared, or the session.
fn filled(new: &NewLab) -> Result<(String, String, Date, FormKey, Vec<String>), Lacks> {
    let title = line_of(&new.title, 120).ok_or(Lacks::Title)?;
    let place = line_of(&new.place, 80).ok_or(Lacks::Place)?;
    let day = new.day.ok_or(Lacks::Day)?;
    let form = FormKey::parse(&new.form).ok_or(Lacks::Form)?;
    if new.seats.is_empty() {
        return Err(Lacks::Seat);
    }
    let tasks = new.tasks.lines().filter(|line| !line.trim().is_empty());
    let tasks: Option<Vec<String>> = tasks.map(|line| line_of(line, 200)).collect();
    let tasks = tasks.filter(|tasks| tasks.len() <= MOST_TASKS).ok_or(Lacks::Tasks)?;
    Ok((title, place, day, form, tasks))
}

/// Prepares a session.
///
/// # Errors
/// What is missing; nothing is kept then.
pub async fn prepare(services: &Services, actor: &Actor, new: &NewLab) -> Result<LabId, LabError> {
    let known = choices(services, actor).await?;
    let (title, place, day, form, tasks) = filled(new).map_err(LabError::Incomplete)?;
    if known.iter().all(|choice| choice.key != form) {
        return Err(LabError::Incomplete(Lacks::Form));
    }
    let mut lab = Lab {
        id: services.ulid().into(),
        code: String::new(),
        title,
        place,
        day,
        form,
        seats: Seat::ALL.into_iter().filter(|seat| new.seats.contains(seat)).collect(),
        tasks,
        stage: Stage::Prepared,
        votes: false,
        round: 1,
        timer: None,
        made_at: services.now(),
        made_by: actor.account_id.clone(),
        made_by_name: actor.name.clone(),
        opened_at: None,
    };
    for _ in 0..DRAWS {
        lab.code = code(&services.ids.secret());
        match services.store.add_lab(&lab).await {
            Err(StoreError::Conflict) => {}
            done => return Ok(done.map(|()| lab.id)?),
        }
    }
    Err(StoreError::Conflict.into())
}

/// Every session, latest day first.
///
/// # Errors
/// For who does not read them, or when the store cannot answer.
pub async fn list(services: &Services, actor: &Actor) -> Result<Vec<Lab>, LabError> {
    reads(actor)?;
    Ok(services.store.labs().await?)
}

/// A session, for who leads it.
///
/// # Errors
/// For anybody else, or when the store cannot answer.
pub async fn one(services: &Services, actor: &Actor, id: &LabId) -> Result<Lab, LabError> {
    leads(actor)?;
    services.store.lab(id).await?.ok_or(LabError::NotFound)
}

/// A session with all that was said in it, for who leads or steers.
///
/// # Errors
/// For anybody else, or when the store cannot answer.
pub async fn heard(
    services: &Services,
    actor: &Actor,
    id: &LabId,
) -> Result<(Lab, Heard), LabError> {
    reads(actor)?;
    let lab = services.store.lab(id).await?.ok_or(LabError::NotFound)?;
    let heard = services.store.heard(id).await?;
    Ok((lab, heard))
}

/// What a facilitator does to a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gesture {
    /// Lets participants in, again if it was closed.
    Open,
    /// Ends it; remarks stay.
    Close,
    /// Everything in the space as at the beginning; remarks stay.
    Reset,
    /// Participants read one another and vote, or not.
    Votes(bool),
    /// The exercise ends in so many minutes.
    Timer(u32),
    /// So many minutes more.
    Longer(u32),
    /// No timer.
    NoTimer,
}

/// Does it.
///
/// # Errors
/// See [`LabError`]; nothing changes then.
pub async fn act(
    services: &Services,
    actor: &Actor,
    id: &LabId,
    gesture: Gesture,
) -> Result<Lab, LabError> {
    let mut lab = one(services, actor, id).await?;
    let now = services.now();
    match gesture {
        Gesture::Open if lab.is_open(now) => {}
        Gesture::Open => {
            lab.stage = Stage::Open;
            lab.opened_at = Some(now);
        }
        Gesture::Close => {
            lab.stage = Stage::Closed;
            lab.timer = None;
        }
        Gesture::Reset if !lab.is_open(now) => return Err(LabError::NotOpen),
        Gesture::Reset => lab.round += 1,
        Gesture::Votes(open) => lab.votes = open,
        Gesture::Timer(minutes) | Gesture::Longer(minutes)
            if !(1..=LONGEST_EXERCISE).contains(&minutes) =>
        {
            return Err(LabError::BadRequest);
        }
        Gesture::Timer(minutes) => lab.timer = Some(now.plus(i64::from(minutes) * MINUTE)),
        Gesture::Longer(minutes) => {
            let from = lab.timer.filter(|end| *end > now).unwrap_or(now);
            lab.timer = Some(from.plus(i64::from(minutes) * MINUTE));
        }
        Gesture::NoTimer => lab.timer = None,
    }
    services.store.put_lab(&lab).await?;
    Ok(lab)
}

/// Decides what becomes of what was said of a place.
///
/// # Errors
/// See [`LabError`]; nothing is kept then.
pub async fn decide(
    services: &Services,
    actor: &Actor,
    id: &LabId,
    place: &str,
    (standing, reason, revision): (Standing, &str, Option<u32>),
) -> Result<(), LabError> {
    let lab = one(services, actor, id).await?;
    let heard = services.store.heard(&lab.id).await?;
    if heard.remarks.iter().all(|remark| remark.pin.place() != place) {
        return Err(LabError::BadRequest);
    }
    let reason = text_of(reason, 500).ok_or(LabError::Incomplete(Lacks::Reason))?;
    if standing == Standing::Refused && reason.is_empty() {
        return Err(LabError::Incomplete(Lacks::Reason));
    }
    let revision = revision.filter(|number| (1..=9_999).contains(number));
    if standing == Standing::Done && revision.is_none() {
        return Err(LabError::Incomplete(Lacks::Revision));
    }
    let advice = Advice {
        place: place.to_owned(),
        standing,
        reason,
        revision: revision.filter(|_| standing == Standing::Done),
        at: services.now(),
        by_name: actor.name.clone(),
    };
    Ok(services.store.decide_advice(&lab.id, &advice, &actor.account_id).await?)
}
