//! What a person makes of what sources say: takes it, keeps their own, fills what is empty.

use std::collections::BTreeMap;

use dossier::{
    event::EventKind,
    id::DossierId,
    operation::{Gesture, Operation, Verdict},
    right::Right,
    share::Part,
};
use form::{At, Origin, Standing};

use super::{
    Candidate, Card, Finding, Kept, Patience,
    candidates::{all, cards, fillable},
    gather,
};
use crate::{
    Actor, DossierHead, Services, StoreError,
    drafts::{self, Draft, ReadError, SaveError},
    forms, instruction,
    journal::{self, Step},
};

/// Longest reason, in characters.
const LONGEST: usize = 2_000;
/// How often a choice is tried again over what others wrote meanwhile.
const TRIES: usize = 3;

/// What a person decides of a card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Choice {
    /// The value of the source becomes the answer.
    Take,
    /// The answer stays, for this reason if one is given.
    Keep {
        /// May be empty.
        reason: String,
    },
}

/// What stands beside the answers of a dossier.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Beside {
    /// The SIRET that the sources are asked about.
    pub siret: String,
    /// The sources that are asked.
    pub sources: Vec<Origin>,
    /// What they said.
    pub findings: Vec<Finding>,
    /// Where they say otherwise.
    pub cards: Vec<Card>,
    /// What they could fill.
    pub fillable: Vec<Candidate>,
    /// Every value they know, by place, best first.
    pub candidates: BTreeMap<At, Vec<Candidate>>,
    /// What was set aside.
    pub kept: Vec<Kept>,
}

/// Why a choice is not kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ChooseError {
    /// No such dossier for this actor.
    #[error("no such dossier")]
    NotFound,
    /// The source does not say this any more, or somebody decided already: look again.
    #[error("there is nothing to choose any more")]
    Gone,
    /// The dossier is not open to writing.
    #[error("the dossier is not open to writing")]
    NotEditable,
    /// The store cannot answer.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<ReadError> for ChooseError {
    fn from(error: ReadError) -> Self {
        match error {
            ReadError::NotFound => Self::NotFound,
            ReadError::Store(error) => Self::Store(error),
        }
    }
}

impl From<SaveError> for ChooseError {
    fn from(error: SaveError) -> Self {
        match error {
            SaveError::NotFound => Self::NotFound,
            SaveError::NotEditable => Self::NotEditable,
            SaveError::TooMany => Self::Gone,
            SaveError::Store(error) => Self::Store(error),
        }
    }
}

/// What the sources say beside a draft, as far as the actor fills it.
///
/// # Errors
/// When the store cannot answer.
pub async fn beside(
    services: &Services,
    (head, part): (&DossierHead, &Part),
    answers: &form::Answers,
    patience: Patience,
) -> Result<Beside, StoreError> {
    let sources = services.registers.sources();
    if sources.is_empty() {
        return Ok(Beside::default());
    }
    let structure = services.store.structure(&head.structure_id).await?;
    let Some(siret) = structure.map(|structure| structure.siret) else {
        return Ok(Beside::default());
    };
    let findings = gather(services, &siret, patience).await?;
    let (given, kept) = services.store.set_beside(&head.id).await?;
    let form = forms::of(services, &head.form_key()).await?.revision;
    let mine = |at: &At| part.holds_question(form, &at.field);
    let mut beside = Beside {
        cards: cards(form, answers, &findings, &kept),
        fillable: fillable(form, answers, &findings),
        candidates: all(form, &findings, given),
        siret,
        sources,
        findings,
        kept,
    };
    // What stays as it was deposited is not offered another value.
    let open = instruction::reopened(services, head).await?;
    let open = |at: &At| open.as_ref().is_none_or(|open| open.holds(form, at));
    beside.cards.retain(|card| mine(card.key()) && open(card.key()));
    beside.fillable.retain(|candidate| mine(&candidate.at) && open(&candidate.at));
    beside.candidates.retain(|at, _| mine(at));
    beside.kept.retain(|kept| mine(&kept.at));
    Ok(beside)
}

/// Decides a card, named by its first place and by the value that was read: what the source says since
/// is another card.
///
/// # Errors
/// See [`ChooseError`]; nothing is written then.
pub async fn choose(
    services: &Services,
    actor: &Actor,
    id: &DossierId,
    (key, read): (&At, &str),
    choice: &Choice,
) -> Result<(), ChooseError> {
    let (Draft { head, answers }, part) = drafts::read_part(services, actor, id).await?;
    if !head.may(actor, Right::Fill) {
        return Err(ChooseError::NotEditable);
    }
    let beside = beside(services, (&head, &part), &answers, Patience::None).await?;
    let card = beside.cards.into_iter().find(|card| card.key() == key);
    let card = card.filter(|card| card.offers[0].theirs.value == read).ok_or(ChooseError::Gone)?;
    match choice {
        Choice::Take => {
            let values = card.offers.into_iter().map(|offer| {
                let seen = answers.at(&offer.at).map_or(0, |answer| answer.version);
                let from = form::Provenance { standing: Standing::Confirmed, ..offer.theirs };
                (Candidate { at: offer.at, from }, seen)
            });
            write(services, actor, id, values.collect()).await.map(drop)
        }
        Choice::Keep { reason } => keep(services, actor, id, &card, reason).await,
    }
}

/// Asks the sources again, then lays what they know where nobody ever answered, to be confirmed. Says
/// how many answers that made.
///
/// # Errors
/// See [`ChooseError`].
pub async fn fill(
    services: &Services,
    actor: &Actor,
    id: &DossierId,
    patience: Patience,
) -> Result<usize, ChooseError> {
    let (Draft { head, answers }, part) = drafts::read_part(services, actor, id).await?;
    if !head.may(actor, Right::Fill) {
        return Err(ChooseError::NotEditable);
    }
    let beside = beside(services, (&head, &part), &answers, patience).await?;
    if beside.fillable.is_empty() {
        return Ok(0);
    }
    let values = beside.fillable.into_iter().map(|candidate| (candidate, 0));
    write(services, actor, id, values.collect()).await
}

/// Writes values of sources as answers, each over the version that was seen.
async fn write(
    services: &Services,
    actor: &Actor,
    id: &DossierId,
    values: Vec<(Candidate, u32)>,
) -> Result<usize, ChooseError> {
    let (mut operations, mut given) = (Vec::new(), BTreeMap::new());
    for (Candidate { at, from }, seen) in values {
        let gesture = Gesture::Write(from.value.clone());
        operations.push(Operation { id: services.ulid(), at: at.clone(), gesture, seen });
        given.insert(at, from);
    }
    let outcomes = drafts::save_given(services, actor, id, operations, given).await?;
    let saved = |verdict: &Verdict| matches!(verdict, Verdict::Saved { .. });
    let count = outcomes.iter().filter(|outcome| saved(&outcome.verdict)).count();
    // Somebody wrote there meanwhile: they are not written over.
    if count == 0 { Err(ChooseError::Gone) } else { Ok(count) }
}

/// Keeps that the person's own answers stay. Others may write in the dossier at the same moment: it is
/// tried again on what they left.
async fn keep(
    services: &Services,
    actor: &Actor,
    id: &DossierId,
    card: &Card,
    reason: &str,
) -> Result<(), ChooseError> {
    let when = services.now();
    let reason: String = reason.trim().replace('\0', "").chars().take(LONGEST).collect();
    let kept: Vec<Kept> = card
        .offers
        .iter()
        .map(|offer| Kept {
            dossier: id.clone(),
            at: offer.at.clone(),
            source: offer.theirs.origin,
            value: offer.theirs.value.clone(),
            reason: reason.clone(),
            when,
            by: actor.account_id.clone(),
            by_name: actor.name.clone(),
        })
        .collect();
    let count = u32::try_from(kept.len()).unwrap_or(u32::MAX);
    for _ in 0..TRIES {
        let (mut head, _) = drafts::part(services, actor, id).await?;
        let seen = head.journal_seq;
        let what = EventKind::SourceSetAside { count };
        let event = journal::note(&mut head, &actor.account_id, when, what);
        if services.store.keep_own(&kept, &Step { seen, head, event }).await? {
            return Ok(());
        }
    }
    Err(ChooseError::Store(StoreError::Unavailable))
}
