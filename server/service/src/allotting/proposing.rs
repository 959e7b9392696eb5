//! Turning a simulation into proposals: shown before it is done, then done dossier by dossier by the act
//! that one dossier takes, which has the last word. A proposal stays one: somebody else signs it.

use std::collections::BTreeMap;

use dossier::{
    act::{LONGEST, Said, Sense},
    allotting::{Preflight, preflight},
    id::{AccountId, AllotmentId, DossierId},
    right::{EnvelopeRight, allows_envelope},
    state::{Action, State},
};

use super::{AllotError, Opened, open};
use crate::{
    Actor, Millis, Services, StoreError,
    instruction::{self, ActError},
};

/// One time that a simulation was turned into proposals.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// Its id: a ULID.
    pub id: String,
    /// The simulation.
    pub allotment: AllotmentId,
    /// Why it was done though it is over the envelope; empty when it was not.
    pub over: String,
    /// When.
    pub at: Millis,
    /// Who.
    pub by: AccountId,
    /// Name of who.
    pub by_name: String,
    /// What came of each request, in order.
    pub lines: Vec<RunLine>,
}

/// What came of one request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RunLine {
    /// The dossier.
    pub dossier: DossierId,
    /// Its structure.
    pub name: String,
    /// What was proposed; `None` when nothing was.
    pub proposed: Option<Sense>,
    /// Why nothing was, or why it was not taken back, as people read it; empty otherwise.
    pub told: String,
    /// Whether it was taken back since.
    pub is_taken_back: bool,
}

/// What is said with proposals that have no words of their own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    /// Of those in favour.
    pub favourable: String,
    /// Of those against.
    pub unfavourable: String,
    /// Why the envelope is passed over.
    pub over: String,
}

impl Words {
    fn of(&self, sense: Option<Sense>) -> &str {
        match sense {
            Some(Sense::Unfavourable) => self.unfavourable.trim(),
            _ => self.favourable.trim(),
        }
    }
}

/// Why nothing is proposed at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProposeError {
    /// No such simulation or run for this actor, or not for this role.
    #[error("no such simulation")]
    NotFound,
    /// Nothing is ready.
    #[error("nothing is ready")]
    Nothing,
    /// A proposal has no words, of its own or in common, or too many.
    #[error("words are missing")]
    NoWords(Sense),
    /// It is over the envelope, and nobody said why.
    #[error("the reason of passing over the envelope is missing")]
    NoReason,
    /// What is ready is not what was shown.
    #[error("the simulation changed meanwhile")]
    Changed,
    /// The store cannot answer.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<AllotError> for ProposeError {
    fn from(error: AllotError) -> Self {
        match error {
            AllotError::Store(error) => Self::Store(error),
            _ => Self::NotFound,
        }
    }
}

/// What would be proposed of a simulation, and what is blocked.
///
/// # Errors
/// When there is none for this actor, or this role proposes nothing.
pub async fn before(
    services: &Services,
    actor: &Actor,
    id: &AllotmentId,
) -> Result<(Opened, Preflight), ProposeError> {
    if !allows_envelope(actor.role, EnvelopeRight::Propose) {
        return Err(ProposeError::NotFound);
    }
    let opened = open(services, actor, id).await?;
    let today = services.clock.today().ok_or(StoreError::Unavailable)?;
    let flight = preflight(&opened.lines, actor.role, opened.balance.rest(), today);
    Ok((opened, flight))
}

/// Proposes what is ready of a simulation; what is blocked stays as it is. `shown` is how many were ready
/// on the page that asked. Done twice, it proposes nothing twice: what is proposed is not ready any more.
///
/// # Errors
/// See [`ProposeError`]; nothing is proposed then.
pub async fn propose(
    services: &Services,
    actor: &Actor,
    id: &AllotmentId,
    words: &Words,
    shown: usize,
) -> Result<Run, ProposeError> {
    let (opened, flight) = before(services, actor, id).await?;
    if flight.ready.is_empty() {
        return Err(ProposeError::Nothing);
    }
    if flight.ready.len() != shown {
        return Err(ProposeError::Changed);
    }
    if flight.over.is_some() && words.over.trim().is_empty() {
        return Err(ProposeError::NoReason);
    }
    let worded = |said: &Said| {
        let own = said.message.trim();
        if own.is_empty() { words.of(said.proposal).to_owned() } else { own.to_owned() }
    };
    for ready in &flight.ready {
        let length = worded(&ready.said).chars().count();
        if length == 0 || length > LONGEST {
            let sense = ready.said.proposal.unwrap_or(Sense::Favourable);
            return Err(ProposeError::NoWords(sense));
        }
    }
    let mut run = Run {
        id: services.ulid(),
        allotment: id.clone(),
        over: if flight.over.is_some() { words.over.trim().to_owned() } else { String::new() },
        at: services.now(),
        by: actor.account_id.clone(),
        by_name: actor.name.clone(),
        lines: Vec::with_capacity(flight.ready.len()),
    };
    services.store.add_run(&run).await?;
    let names: BTreeMap<_, _> = opened
        .lines
        .iter()
        .map(|line| (&line.request.dossier, line.request.structure_name.clone()))
        .collect();
    for ready in flight.ready {
        let said = Said { message: worded(&ready.said), ..ready.said };
        let (sense, what) = (said.proposal, (Action::PrepareDecision, said));
        let done = instruction::act(services, actor, &ready.dossier, what, ready.deposit).await;
        let (proposed, told) = match done {
            Ok(()) => (sense, String::new()),
            Err(error) => (None, sentence(error).to_owned()),
        };
        let name = names.get(&ready.dossier).cloned().unwrap_or_default();
        let line = RunLine { dossier: ready.dossier, name, proposed, told, is_taken_back: false };
        services.store.put_run_line(&run.id, &line).await?;
        run.lines.push(line);
    }
    Ok(run)
}

const UNAVAILABLE: &str =
    "Le service n'a pas répondu : réessayez dans une minute, rien n'est proposé deux fois.";

/// Why one dossier was not proposed.
const fn sentence(error: ActError) -> &'static str {
    match error {
        ActError::Incomplete(why) => why.sentence(),
        ActError::Changed => "Le dossier a changé entre-temps : relisez-le.",
        ActError::NotFound => "Le dossier n'est plus dans votre territoire.",
        ActError::Refused(_) => "Le dossier n'est plus à une étape où une décision se propose.",
        ActError::Store(_) => UNAVAILABLE,
    }
}

/// Takes back what a run proposed, as far as nobody decided and nobody proposed anew since. Says what came
/// of each.
///
/// # Errors
/// See [`ProposeError`].
pub async fn take_back(
    services: &Services,
    actor: &Actor,
    id: &AllotmentId,
    run: &str,
) -> Result<Run, ProposeError> {
    before(services, actor, id).await?;
    let runs = services.store.runs(id).await?;
    let mut run = runs.into_iter().find(|one| one.id == run).ok_or(ProposeError::NotFound)?;
    for line in run.lines.iter_mut().filter(|one| one.proposed.is_some() && !one.is_taken_back) {
        let told = match one_back(services, actor, &line.dossier, (&run.by, run.at)).await {
            Ok(told) => told,
            Err(ActError::Store(error)) => return Err(error.into()),
            Err(error) => Some(sentence(error)),
        };
        line.is_taken_back = told.is_none();
        told.unwrap_or_default().clone_into(&mut line.told);
        services.store.put_run_line(&run.id, line).await?;
    }
    Ok(run)
}

/// Takes one proposal back; says why not.
async fn one_back(
    services: &Services,
    actor: &Actor,
    dossier: &DossierId,
    (by, since): (&AccountId, Millis),
) -> Result<Option<&'static str>, ActError> {
    let reading = instruction::open(services, actor, dossier).await?;
    match reading.head.state {
        State::DecisionPending => {}
        State::Accepted | State::Refused => {
            return Ok(Some("La décision est signée : elle ne se reprend plus ici."));
        }
        // Somebody took it back already.
        _ => return Ok(None),
    }
    let acts = services.store.acts_of(dossier).await?;
    let ours = acts.last().is_some_and(|act| {
        act.action == Action::PrepareDecision && act.by == *by && act.at >= since
    });
    if !ours {
        return Ok(Some("Une autre proposition a été faite depuis : elle reste."));
    }
    let what = (Action::TakeBackProposal, Said::default());
    instruction::act(services, actor, dossier, what, reading.deposit.ordinal).await?;
    Ok(None)
}
