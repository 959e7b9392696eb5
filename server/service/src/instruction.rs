//! The State's side of a deposited dossier: reading it, acting on it, annotating it. The structure's
//! answer to what was asked.

mod carried;
mod granting;
mod marking;
mod notes;
mod returned;
mod signals;
mod suggesting;

use dossier::{
    act::{self, ActRefused, Circuit, Circumstances, Said, Sense, circuit, may},
    annex::{Grant, Terms},
    event::EventKind,
    id::{AccountId, DossierId, NoteId, SittingId},
    state::{Action, State, TransitionRefused, apply},
};
use form::{Answers, Date};

pub(crate) use self::notes::noted;
pub use self::{
    carried::{Carried, carried},
    granting::{Annex, Granting, Paper, SignError, paper, sign},
    marking::{Mark, Settling, block, settle},
    notes::{Chosen, Draft, Note, NoteError, Reply, Thread, answer, read, write},
    returned::{ReopenError, reopen, reopened, reopened_by_structure},
    signals::{
        SignalChoice, SignalError, Standing, Weighed, last_year, set_aside, signals, take_up,
    },
    suggesting::{Choice, ChooseError, choose, taken},
};
use crate::{
    Actor, DossierHead, Millis, Services, StoreError,
    drafts::ReadError,
    follow_up::Summary,
    forms::{BILAN, CONVENTIONNEMENT},
    journal::{self, Step, sha256_hex},
};

/// How often a change is tried again when somebody else wrote in the dossier meanwhile.
pub(crate) const TRIES: usize = 8;

/// Something that the State did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Act {
    /// The dossier.
    pub dossier: DossierId,
    /// Its place in the journal.
    pub seq: u32,
    /// What.
    pub action: Action,
    /// What was said with it.
    pub said: Said,
    /// Ordinal of the deposit that it was done on.
    pub deposit: u32,
    /// When.
    pub at: Millis,
    /// Who.
    pub by: AccountId,
    /// Name of who.
    pub by_name: String,
}

/// An act to keep, with the notes that go to the structure with it.
#[derive(Clone, Debug)]
pub struct Acting {
    /// The act.
    pub act: Act,
    /// Notes sent with it.
    pub sends: Vec<NoteId>,
    /// The sitting of the commission at which it was done, for an opinion.
    pub sitting: Option<SittingId>,
    /// What an acceptance gives.
    pub grants: Option<Granting>,
    /// What the journal says of it, and the dossier's new state.
    pub step: Step,
}

/// Why an act is not done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ActError {
    /// No such dossier for this actor.
    #[error("no such dossier")]
    NotFound,
    /// Not for this role, or not from this state.
    #[error("the act is refused: {0:?}")]
    Refused(TransitionRefused),
    /// Something is missing, or stands against it.
    #[error("the act is not complete: {0:?}")]
    Incomplete(ActRefused),
    /// The dossier was deposited again, or somebody else acted: read it again.
    #[error("the dossier changed meanwhile")]
    Changed,
    /// The store cannot answer.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<ReadError> for ActError {
    fn from(error: ReadError) -> Self {
        match error {
            ReadError::NotFound => Self::NotFound,
            ReadError::Store(error) => Self::Store(error),
        }
    }
}

/// What an agent may do now, and what the texts say of it.
#[derive(Clone, Debug)]
pub struct Desk {
    /// The actions of this person from this state.
    pub actions: Vec<Action>,
    /// The circuit of the request.
    pub circuit: Circuit,
    /// Notes that the next return takes to the structure.
    pub to_send: usize,
    /// Notes that stand in the way of the decision, in the order of the form.
    pub blocked_by: Vec<Note>,
    /// Notes that are open.
    pub open: usize,
    /// What is due next, and when.
    pub due: Option<(Date, &'static str)>,
    /// What the commission said, noted since it was last asked.
    pub opinion: Option<Act>,
    /// The day on which the commission's month ended, when its opinion is deemed given.
    pub deemed: Option<Date>,
    /// What the agent who prepared the decision proposed.
    pub proposal: Option<Act>,
    /// What would be granted, and under which terms: what is proposed, or else what the fiche de suivi
    /// agreed on, or else what is asked for.
    pub terms: Option<Terms>,
    /// What there is of the fiche de suivi.
    pub follow_up: Summary,
}

/// A deposit, its head and what it says.
pub struct Reading {
    /// The dossier.
    pub head: DossierHead,
    /// The deposit that is read: the last one.
    pub deposit: crate::Deposit,
    /// What it says.
    pub answers: Answers,
}

/// The last deposit of a dossier, for whoever reads deposits.
///
/// # Errors
/// When there is none for this actor.
pub async fn open(
    services: &Services,
    actor: &Actor,
    id: &DossierId,
) -> Result<Reading, ReadError> {
    let head = services.store.head(id).await?;
    let head = head.filter(|head| head.is_seen_by(actor) && head.deposits > 0);
    let head = head.ok_or(ReadError::NotFound)?;
    let deposit = services.store.deposit_of(id, head.deposits).await?;
    let deposit = deposit.ok_or(ReadError::NotFound)?;
    let answers = deposit.answers().ok_or(StoreError::Corrupt)?;
    Ok(Reading { head, deposit, answers })
}

/// How many years before its own a request is read beside.
const YEARS_BEFORE: i32 = 2;

/// What the same request said in the years before, oldest first, for whoever reads this one.
///
/// # Errors
/// When the store cannot answer.
pub async fn years_before(
    services: &Services,
    reading: &Reading,
) -> Result<Vec<(i32, Answers)>, StoreError> {
    let mut years = Vec::new();
    for year in reading.head.year - YEARS_BEFORE..reading.head.year {
        let Some((id, ordinal)) = services.store.last_deposit(&reading.head, year).await? else {
            continue;
        };
        let deposit = services.store.deposit_of(&id, ordinal).await?;
        years.extend(deposit.and_then(|deposit| deposit.answers()).map(|said| (year, said)));
    }
    Ok(years)
}

/// What the State did with a dossier so far, in order. Its structure reads it too: notes apart, nothing
/// is done with a dossier that they may not know; opinions and proposals are for those who decide.
///
/// # Errors
/// When there is no such dossier for this actor.
pub async fn acts(
    services: &Services,
    actor: &Actor,
    id: &DossierId,
) -> Result<Vec<Act>, ReadError> {
    let head = services.store.head(id).await?;
    head.filter(|head| head.is_seen_by(actor)).ok_or(ReadError::NotFound)?;
    let mut acts = services.store.acts_of(id).await?;
    if actor.role.is_siae() {
        let is_of_proposal = |action| {
            matches!(
                action,
                Action::RecordOpinion | Action::PrepareDecision | Action::TakeBackProposal
            )
        };
        for act in acts.iter_mut().filter(|act| is_of_proposal(act.action)) {
            act.said = Said::default();
        }
    }
    Ok(acts)
}

/// What this agent may do with the dossier today, beside what they read of it.
pub fn desk(
    actor: &Actor,
    reading: &Reading,
    (threads, acts): (&[Thread], &[Act]),
    follow_up: Summary,
    today: Date,
) -> Desk {
    let head = &reading.head;
    let actions = Action::ALL
        .into_iter()
        .filter(|action| is_for(*action, head) && apply(head.state, *action, actor.role).is_ok());
    let since = acts.last().map_or(reading.deposit.at, |act| act.at.max(reading.deposit.at));
    let latest = acts.last().filter(|act| act.at >= reading.deposit.at).map(|act| act.action);
    let proposal = proposed(acts);
    let grant = proposal
        .and_then(|act| act.said.grant)
        .or(follow_up.agreed)
        .or_else(|| Grant::asked(&reading.answers).filter(|_| head.form == CONVENTIONNEMENT));
    Desk {
        actions: if actor.role.instructs() { actions.collect() } else { Vec::new() },
        circuit: circuit(&reading.answers),
        // Who instructs reads every note that is for the structure.
        to_send: threads.iter().filter(|thread| thread.note.goes_with_return()).count(),
        open: threads.iter().filter(|thread| thread.note.settled.is_none()).count(),
        // Whom they are for is who instructs, at least.
        blocked_by: notes_of(threads, Note::blocks),
        due: since.day_in_paris().and_then(|since| act::due(head.state, latest, since)),
        opinion: opinion(acts).cloned(),
        deemed: referred_on(acts)
            .filter(|on| head.state == State::Commission && act::opinion_is_deemed(*on, today))
            .and_then(act::opinion_due),
        proposal: proposal.cloned(),
        terms: grant.and_then(|grant| Terms::of(&reading.answers, grant)),
        follow_up,
    }
}

fn notes_of(threads: &[Thread], holds: impl Fn(&Note) -> bool) -> Vec<Note> {
    threads.iter().map(|thread| &thread.note).filter(|note| holds(note)).cloned().collect()
}

/// The last act of a kind.
fn last(acts: &[Act], is_it: impl Fn(Action) -> bool) -> Option<&Act> {
    acts.iter().rev().find(|act| is_it(act.action))
}

/// What is proposed: the last proposal that was not taken back.
fn proposed(acts: &[Act]) -> Option<&Act> {
    let either = |action| matches!(action, Action::PrepareDecision | Action::TakeBackProposal);
    last(acts, either).filter(|act| act.action == Action::PrepareDecision)
}

/// A yearly report has its own actions (approved, sent back), a request has all the others.
fn is_for(action: Action, head: &DossierHead) -> bool {
    let of_report = matches!(action, Action::ApproveReport | Action::SendReportBack);
    of_report == (head.form == BILAN)
}

/// Notes that wait for the next return.
fn unsent(notes: &[Note]) -> Vec<NoteId> {
    let waits = |note: &&Note| note.goes_with_return();
    notes.iter().filter(waits).map(|note| note.id.clone()).collect()
}

/// Does something with a dossier, on the deposit that was read.
///
/// # Errors
/// See [`ActError`]; nothing is kept then.
pub async fn act(
    services: &Services,
    actor: &Actor,
    id: &DossierId,
    what: (Action, Said),
    read: u32,
) -> Result<(), ActError> {
    act_at(services, actor, id, what, read, None).await
}

/// The same, at a sitting of the commission.
pub(crate) async fn act_at(
    services: &Services,
    actor: &Actor,
    id: &DossierId,
    (action, mut said): (Action, Said),
    read: u32,
    sitting: Option<&SittingId>,
) -> Result<(), ActError> {
    said.message = said.message.trim().replace("\r\n", "\n");
    for _ in 0..TRIES {
        let Reading { mut head, deposit, answers } = open(services, actor, id).await?;
        if !actor.role.instructs() || !is_for(action, &head) {
            return Err(ActError::Refused(TransitionRefused::NotForRole));
        }
        let (before, seen) = (head.state, head.journal_seq);
        head.state = apply(head.state, action, actor.role).map_err(ActError::Refused)?;
        if deposit.ordinal != read {
            return Err(ActError::Changed);
        }
        let notes = services.store.notes_of(id).await?;
        let sends = if action.is_return() { unsent(&notes) } else { Vec::new() };
        let acts = services.store.acts_of(id).await?;
        let today = services.clock.today().ok_or(StoreError::Unavailable)?;
        let here = Circumstances {
            state: before,
            asked: sends.len(),
            needs_opinion: circuit(&answers).needs_opinion,
            opinion_is_deemed: opinion_is_deemed(&acts, today),
            opinion_is_noted: opinion(&acts).is_some(),
            opinion_is_known: acts
                .iter()
                .any(|act| act.action == Action::PrepareDecision && act.deposit == deposit.ordinal),
            grants: head.form == CONVENTIONNEMENT,
            blocking: notes.iter().filter(|note| note.blocks()).count(),
            proposed_it: proposed(&acts).is_some_and(|act| act.by == actor.account_id),
            today,
        };
        may(action, &said, &here).map_err(ActError::Incomplete)?;
        said.grant = granted(action, &said, (&acts, &answers)).filter(|_| here.grants);
        let grants = said.grant.filter(|_| action == Action::Accept);
        let grants = grants.and_then(|grant| Granting::of(&head, &answers, grant));
        let at = services.now();
        let what = EventKind::Acted { action, said: sha256_hex(&said.canonical_bytes()) };
        let event = journal::record(&mut head, actor, at, what);
        let act = Act {
            dossier: id.clone(),
            seq: event.seq,
            action,
            said: said.clone(),
            deposit: deposit.ordinal,
            at,
            by: actor.account_id.clone(),
            by_name: actor.name.clone(),
        };
        let step = Step { seen, head, event };
        let acting = Acting { act, sends, sitting: sitting.cloned(), grants, step };
        match services.store.act(&acting).await {
            Ok(true) => return Ok(()),
            // Another annexe of the same convention took its number: the next one is free.
            Ok(false) | Err(StoreError::Conflict) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Err(ActError::Changed)
}

/// What an action grants: a proposal in favour what it says, an acceptance what was proposed, or what is
/// asked for where the proposal was against.
fn granted(action: Action, said: &Said, (acts, answers): (&[Act], &Answers)) -> Option<Grant> {
    match action {
        Action::PrepareDecision => said.grant.filter(|_| said.proposal == Some(Sense::Favourable)),
        Action::Accept => {
            proposed(acts).and_then(|act| act.said.grant).or_else(|| Grant::asked(answers))
        }
        _ => None,
    }
}

/// Whether the month that the commission has is over.
fn opinion_is_deemed(acts: &[Act], today: Date) -> bool {
    referred_on(acts).is_some_and(|on| act::opinion_is_deemed(on, today))
}

/// The day that the commission was last asked.
fn referred_on(acts: &[Act]) -> Option<Date> {
    let referred = last(acts, |action| action == Action::ReferToCommission);
    referred.and_then(|act| act.at.day_in_paris())
}

/// What the commission said since it was last asked: the opinion that was noted last.
pub fn opinion(acts: &[Act]) -> Option<&Act> {
    let either = |action| matches!(action, Action::ReferToCommission | Action::RecordOpinion);
    last(acts, either).filter(|act| act.action == Action::RecordOpinion)
}

/// What is asked of the structure at the moment: the last return, while the dossier is open for it.
pub fn asked<'a>(head: &DossierHead, acts: &'a [Act]) -> Option<&'a Act> {
    head.state.is_returned().then(|| last(acts, Action::is_return)).flatten()
}
