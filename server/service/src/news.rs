//! What happens in a deposited dossier while people of the State have it open: they are told that its
//! journal is longer, and their page reads it again, with their own rights.

use std::collections::BTreeMap;

use dossier::{
    event::EventKind,
    id::{AccountId, DossierId, NoteId},
};

use crate::{
    Actor, DossierHead, Services, StoreError, drafts::ReadError, instruction::Thread,
    presence::Here,
};

/// Most events of the end of a journal that a page is told of in words: whoever was away for longer
/// reads the page.
const MOST: u32 = 200;

/// A journal that grew.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Longer {
    /// The dossier.
    pub dossier: DossierId,
    /// How long it is.
    pub seq: u32,
    /// The last place of what readers of the deposit are told; `None` when only the draft went on.
    pub told: Option<u32>,
}

/// Something that somebody else did, which the reader may know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct News {
    /// Name of who.
    pub by: String,
    /// What.
    pub what: EventKind,
}

/// The dossier, for whoever is told what happens in it: who reads its deposit on the State's side.
///
/// # Errors
/// When there is none for this actor.
pub async fn open(
    services: &Services,
    actor: &Actor,
    id: &DossierId,
) -> Result<DossierHead, ReadError> {
    let head = services.store.head(id).await?;
    let reads =
        |head: &DossierHead| !actor.role.is_siae() && head.is_seen_by(actor) && head.deposits > 0;
    head.filter(reads).ok_or(ReadError::NotFound)
}

/// Which of these journals grew past the places that are known.
///
/// # Errors
/// When the store cannot answer.
pub async fn longer(
    services: &Services,
    known: &[(DossierId, u32)],
) -> Result<Vec<Longer>, StoreError> {
    let mut grown = BTreeMap::<DossierId, Longer>::new();
    for event in services.store.events_since(known).await? {
        let new = || Longer { dossier: event.dossier.clone(), seq: 0, told: None };
        let longer = grown.entry(event.dossier.clone()).or_insert_with(new);
        longer.seq = event.seq;
        if event.what.is_of_deposit() {
            longer.told = Some(event.seq);
        }
    }
    Ok(grown.into_values().collect())
}

/// Says of these pages that they are there, or go away. Pages that say so together share a commit.
///
/// # Errors
/// When the store cannot answer.
pub async fn say(services: &Services, pages: Vec<Here>) -> Result<(), StoreError> {
    let said = pages.into_iter().map(|here| services.store.arrive(here));
    futures::future::try_join_all(said).await?;
    Ok(())
}

/// What others did in a dossier since, as far as this actor, who reads these notes, may know it.
///
/// # Errors
/// When the store cannot answer.
pub async fn since(
    services: &Services,
    actor: &Actor,
    (head, threads): (&DossierHead, &[Thread]),
    seq: u32,
) -> Result<Vec<News>, StoreError> {
    let from = seq.max(head.journal_seq.saturating_sub(MOST));
    let mut names = BTreeMap::<AccountId, String>::new();
    let mut news = Vec::new();
    for event in services.store.events_since(&[(head.id.clone(), from)]).await? {
        let reads = |note: &NoteId| threads.iter().any(|thread| thread.note.id == *note);
        let known = event.what.is_of_deposit() && event.what.note().is_none_or(reads);
        if !known || event.actor == actor.account_id {
            continue;
        }
        let by = if let Some(name) = names.get(&event.actor) {
            name.clone()
        } else {
            let account = services.store.account(&event.actor).await?;
            let name = account.map(|account| account.name).unwrap_or_default();
            names.insert(event.actor.clone(), name.clone());
            name
        };
        news.push(News { by, what: event.what });
    }
    Ok(news)
}
