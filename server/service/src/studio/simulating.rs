//! What an overlay would do to the dossiers, before it is published; accepting what is lost; publishing.

use dossier::{
    form::revisions::{FormKey, moves},
    id::{DossierId, SketchId, StructureId},
    simulation::{Accepted, Replay, Report, Subject, unaccepted},
};
use form::{
    Answers,
    migrate::plan,
    overlay::{Overlay, Reach},
};

use super::{Simulation, Sketch, StudioError, laid, one, publishes};
use crate::{
    Actor, Millis, Services, StoreError,
    forms::{self, Form, PublishError, form_of},
};

/// Dossiers read at a time.
const CHUNK: u32 = 200;
/// Deposits are replayed that are not older than this.
const YEAR: i64 = 366 * 24 * 3_600_000;

/// Where one is in the dossiers of a form: after this structure, and this dossier of it.
pub type After = (StructureId, DossierId);

/// Which dossiers an overlay concerns.
#[derive(Clone, Copy, Debug)]
pub struct Within<'a> {
    /// The form.
    pub form: &'a str,
    /// The département; nothing for the country.
    pub department: Option<&'a str>,
}

/// Replays an overlay on every draft that is open and on what was deposited in the last year, dossier
/// after dossier: what is held does not grow with them. `told` is told how many were seen.
///
/// # Errors
/// What is wrong in the overlay, or when the store cannot answer.
pub async fn replay(
    services: &Services,
    overlay: &Overlay,
    mut told: impl FnMut(u32) + Send,
) -> Result<Report, StudioError> {
    let to = laid::form(overlay)?;
    let department = match &overlay.reach {
        Reach::Supplement { department } => Some(department.as_str()),
        Reach::Variant => None,
    };
    let within = Within { form: &overlay.form, department };
    let mut replay = Replay::of(to);
    let mut seen = 0;
    let mut after: Option<After> = None;
    loop {
        let chunk = services.store.open_drafts(within, after.as_ref(), CHUNK).await?;
        for (_, id) in &chunk {
            // Given up or deposited meanwhile: no draft any more.
            let Some(draft) = services.store.draft(id).await? else { continue };
            let (from, answers) =
                led(services, overlay, &draft.head.form_key(), draft.answers).await?;
            replay.add(
                from,
                &Subject {
                    dossier: id,
                    structure: &draft.head.structure_id,
                    name: &draft.head.structure_name,
                    department: &draft.head.department,
                    is_deposited: false,
                    answers: &answers,
                    notes: &[],
                },
            );
            seen += 1;
        }
        told(seen);
        match chunk.into_iter().next_back() {
            Some(last) => after = Some(last),
            None => break,
        }
    }
    let since = Millis(services.now().0 - YEAR);
    let mut after: Option<After> = None;
    loop {
        let chunk = services.store.deposited_since(within, since, after.as_ref(), CHUNK).await?;
        for (structure, id) in &chunk {
            let Some(head) = services.store.head(id).await? else { continue };
            let deposit = services.store.deposit_of(id, head.deposits).await?;
            let snapshot = deposit.and_then(|deposit| deposit.snapshot());
            let snapshot = snapshot.ok_or(StoreError::Corrupt)?;
            let notes = services.store.notes_of(id).await?;
            let open = notes.into_iter().filter(|note| note.settled.is_none());
            let notes: Vec<_> = open.map(|note| note.anchor.at).collect();
            let (from, answers) =
                led(services, overlay, &snapshot.form_key(), snapshot.answers()).await?;
            replay.add(
                from,
                &Subject {
                    dossier: id,
                    structure,
                    name: &head.structure_name,
                    department: &head.department,
                    is_deposited: true,
                    answers: &answers,
                    notes: &notes,
                },
            );
            seen += 1;
        }
        told(seen);
        match chunk.into_iter().next_back() {
            Some(last) => after = Some(last),
            None => break,
        }
    }
    Ok(replay.finish())
}

/// The form that a dossier is led from, and what it says in it. A variant is tried in place of the
/// national form that it is laid over: neither what a département asks beside, nor what an earlier
/// revision asked, is in question.
async fn led(
    services: &Services,
    overlay: &Overlay,
    key: &FormKey,
    mut answers: Answers,
) -> Result<(Form, Answers), StudioError> {
    if overlay.reach != Reach::Variant {
        return Ok((forms::of(services, key).await?, answers));
    }
    let followed = form_of(&key.form, key.revision).ok_or(StoreError::Corrupt)?;
    let national = form_of(&overlay.form, overlay.revision).ok_or(StoreError::Corrupt)?;
    let moves = moves(&key.form, key.revision, overlay.revision);
    let plan = plan(followed.revision, national.revision, &moves, &answers);
    for (at, raw) in plan.writes {
        answers.set(at, raw);
    }
    Ok((national, answers))
}

/// Replays a sketch as it stands, and keeps what it says.
///
/// # Errors
/// See [`StudioError`].
pub async fn simulate(
    services: &Services,
    actor: &Actor,
    id: &SketchId,
) -> Result<Simulation, StudioError> {
    let sketch = one(services, actor, id).await?;
    simulated(services, actor, &sketch).await
}

async fn simulated(
    services: &Services,
    actor: &Actor,
    sketch: &Sketch,
) -> Result<Simulation, StudioError> {
    let report = replay(services, &sketch.last.overlay, |_| {}).await?;
    let simulation = Simulation {
        version: sketch.last.number,
        report,
        at: services.now(),
        by: actor.account_id.clone(),
        by_name: actor.name.clone(),
    };
    services.store.put_simulation(&sketch.id, &simulation).await?;
    Ok(simulation)
}

/// What was found out last of a sketch as it stands, and what was accepted of it.
///
/// # Errors
/// See [`StudioError`].
pub async fn last(
    services: &Services,
    actor: &Actor,
    id: &SketchId,
) -> Result<(Sketch, Option<Simulation>, Vec<Accepted>), StudioError> {
    let sketch = one(services, actor, id).await?;
    let version = sketch.last.number;
    let simulation = services.store.last_simulation(id, version).await?;
    let accepted = services.store.accepted(id, version).await?;
    Ok((sketch, simulation, accepted))
}

/// Accepts losses by their names, as the last simulation counts them.
///
/// # Errors
/// See [`StudioError`]; nothing is kept then.
pub async fn accept(
    services: &Services,
    actor: &Actor,
    id: &SketchId,
    losses: &[String],
) -> Result<(), StudioError> {
    if !publishes(actor) {
        return Err(StudioError::NotFound);
    }
    let (sketch, simulation, known) = last(services, actor, id).await?;
    let report = simulation.ok_or(StudioError::BadRequest)?.report;
    let missing = unaccepted(&report, &known);
    let now = services.now();
    let mut accepted = Vec::new();
    for key in losses {
        if report.losses.iter().all(|loss| loss.key() != *key) {
            return Err(StudioError::BadRequest);
        }
        // Accepted already, by whoever did it first.
        let Some(loss) = missing.iter().find(|loss| loss.key() == *key) else { continue };
        let (at, by_name) = (now.0, actor.name.clone());
        accepted.push(Accepted { loss: key.clone(), dossiers: loss.dossiers(), at, by_name });
    }
    let version = sketch.last.number;
    Ok(services.store.accept(id, version, &accepted, &actor.account_id).await?)
}

/// Publishes a sketch as it stands, once what it loses today was accepted.
///
/// # Errors
/// See [`StudioError`]; nothing is published then.
pub async fn publish(
    services: &Services,
    actor: &Actor,
    id: &SketchId,
) -> Result<FormKey, StudioError> {
    if !publishes(actor) {
        return Err(StudioError::NotFound);
    }
    let sketch = one(services, actor, id).await?;
    if sketch.is_published() {
        return Err(StudioError::Published);
    }
    let simulation = simulated(services, actor, &sketch).await?;
    let accepted = services.store.accepted(id, sketch.last.number).await?;
    let missing = unaccepted(&simulation.report, &accepted).len();
    if missing > 0 {
        return Err(StudioError::Unaccepted(missing));
    }
    let of = Some((&sketch.id, sketch.last.number, &actor.account_id));
    let overlay = sketch.last.overlay.clone();
    published(services, overlay, &held(&simulation.report, accepted), of).await
}

/// Publishes an overlay that comes from a file, accepting these losses in somebody's name.
///
/// # Errors
/// The report with the losses that are not among them; or what is wrong in the overlay.
pub async fn publish_file(
    services: &Services,
    overlay: Overlay,
    accepts: &[String],
    by_name: &str,
) -> Result<Result<FormKey, Report>, StudioError> {
    let report = replay(services, &overlay, |_| {}).await?;
    let at = services.now().0;
    let known = report.losses.iter().filter(|loss| accepts.contains(&loss.key()));
    let accepted: Vec<Accepted> = known
        .map(|loss| Accepted {
            loss: loss.key(),
            dossiers: loss.dossiers(),
            at,
            by_name: by_name.to_owned(),
        })
        .collect();
    if !unaccepted(&report, &accepted).is_empty() {
        return Ok(Err(report));
    }
    published(services, overlay, &accepted, None).await.map(Ok)
}

/// What was accepted of the losses of this report, the widest of each.
fn held(report: &Report, mut accepted: Vec<Accepted>) -> Vec<Accepted> {
    accepted.sort_by_key(|one| std::cmp::Reverse(one.dossiers));
    let of = |key: String| accepted.iter().find(|one| one.loss == key).cloned();
    report.losses.iter().filter_map(|loss| of(loss.key())).collect()
}

async fn published(
    services: &Services,
    overlay: Overlay,
    accepted: &[Accepted],
    of: Option<(&SketchId, u32, &crate::AccountId)>,
) -> Result<FormKey, StudioError> {
    forms::publish_as(services, overlay, accepted, of).await.map_err(|error| match error {
        PublishError::UnknownForm => StudioError::BadRequest,
        PublishError::Faults(faults) => StudioError::Faults(faults),
        PublishError::Meanwhile => StoreError::Conflict.into(),
        PublishError::Store(error) => error.into(),
    })
}
