//! Who has a deposited dossier open through this server, and what they are told. While somebody has, the
//! store is looked at: one query for all that is open, so that several servers on one store agree. A
//! write that went through this server is looked for at once.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use dossier::id::DossierId;
use service::{
    Services, StoreError, news,
    presence::{self, Here, LASTS, Present},
};
use tokio::{
    sync::{Notify, watch},
    time::{self, MissedTickBehavior},
};

/// Between two looks at journals: what another server wrote is told after half of it.
const LOOK: Duration = Duration::from_millis(200);
/// Between two looks at who is there.
const MEET: Duration = Duration::from_secs(2);
/// Between two words of the pages that are open: a third of what they last.
const SAY: Duration = Duration::from_millis(LASTS.unsigned_abs() / 3);
/// Before the store is asked again after it did not answer.
const REST: Duration = Duration::from_secs(2);

/// Most pages that are open at once: of a server, and of one person.
#[derive(Clone, Copy, Debug)]
pub struct Most {
    /// Of the server.
    pub in_all: usize,
    /// Of a person.
    pub of_one: usize,
}

impl Default for Most {
    fn default() -> Self {
        Self { in_all: 2_000, of_one: 12 }
    }
}

/// What a page of a dossier is told.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// How long the journal is, as far as its readers are concerned.
    pub seq: u32,
    /// Who has it open, whoever they are.
    pub present: Vec<Present>,
}

/// Too many pages are open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("too many pages are open")]
pub struct Full;

/// A dossier that somebody has open.
struct Topic {
    /// How much of the journal was looked at.
    known: u32,
    told: watch::Sender<Told>,
}

#[derive(Default)]
struct State {
    /// Pages that are open, by id.
    open: BTreeMap<String, Here>,
    topics: BTreeMap<DossierId, Topic>,
    /// What came or went, and is not said yet.
    words: Vec<Here>,
    looks: bool,
}

/// Every page that is open through this server.
#[derive(Default)]
pub struct Newsroom {
    most: Most,
    state: Mutex<State>,
    at_once: Notify,
    over: watch::Sender<bool>,
}

/// A page that is open; it goes away when this is dropped.
pub struct Seat {
    room: Arc<Newsroom>,
    page: String,
    services: Services,
    /// What it is told.
    pub told: watch::Receiver<Told>,
    /// Whether the server stops.
    pub over: watch::Receiver<bool>,
}

impl Drop for Seat {
    fn drop(&mut self) {
        self.room.leave(&self.page, &self.services);
    }
}

impl Newsroom {
    /// A room with other limits.
    pub fn holding(most: Most) -> Self {
        Self { most, ..Self::default() }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // Whoever panicked here left whole what is written in one go.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How many pages are open.
    pub fn open(&self) -> usize {
        self.state().open.len()
    }

    /// A page is open on a dossier whose journal is so long.
    ///
    /// # Errors
    /// When too many are.
    pub fn join(self: &Arc<Self>, services: &Services, here: Here, seq: u32) -> Result<Seat, Full> {
        let mut state = self.state();
        let theirs = state.open.values().filter(|one| one.account == here.account).count();
        let full = state.open.len() >= self.most.in_all
            || theirs >= self.most.of_one
            || *self.over.borrow();
        if full {
            return Err(Full);
        }
        let new =
            || Topic { known: seq, told: watch::Sender::new(Told { seq, ..Told::default() }) };
        let topic = state.topics.entry(here.dossier.clone()).or_insert_with(new);
        let told = topic.told.subscribe();
        let (page, over) = (here.page.clone(), self.over.subscribe());
        state.words.push(here.clone());
        state.open.insert(page.clone(), here);
        if !state.looks {
            state.looks = true;
            tokio::spawn(Arc::clone(self).go_on(services.clone()));
        }
        drop(state);
        self.at_once.notify_one();
        Ok(Seat { room: Arc::clone(self), page, services: services.clone(), told, over })
    }

    fn leave(&self, page: &str, services: &Services) {
        let mut state = self.state();
        let Some(here) = state.open.remove(page) else { return };
        if !state.open.values().any(|one| one.dossier == here.dossier) {
            state.topics.remove(&here.dossier);
        }
        state.words.push(here.leaving(services.now()));
        drop(state);
        self.at_once.notify_one();
    }

    /// Something was written in a dossier through this server.
    pub fn written(&self, dossier: &DossierId) {
        if self.state().topics.contains_key(dossier) {
            self.at_once.notify_one();
        }
    }

    /// The server stops: every page is told to go.
    pub fn stop(&self) {
        self.over.send_replace(true);
        self.at_once.notify_one();
    }

    /// Says of what went away that it did, before the store closes.
    pub async fn close(&self, services: &Services) {
        let words = std::mem::take(&mut self.state().words);
        if let Err(error) = news::say(services, words).await {
            tracing::warn!(%error, "pages that went away lapse by themselves");
        }
    }

    /// Looks as long as a page is open.
    async fn go_on(self: Arc<Self>, services: Services) {
        let every = |period| {
            let mut interval = time::interval(period);
            interval.set_missed_tick_behavior(MissedTickBehavior::Delay);
            interval
        };
        let (mut look, mut meet, mut say) = (every(LOOK), every(MEET), every(SAY));
        while self.is_needed() {
            let done = tokio::select! {
                () = self.at_once.notified() => self.catch_up(&services).await,
                _ = look.tick() => self.look(&services).await,
                _ = meet.tick() => self.meet(&services).await,
                _ = say.tick() => self.say_again(&services).await,
            };
            if let Err(error) = done {
                tracing::warn!(%error, "open pages are not told what is new");
                time::sleep(REST).await;
            }
        }
    }

    /// Whether there is something to look at, or to say; otherwise the next page begins anew.
    fn is_needed(&self) -> bool {
        let mut state = self.state();
        state.looks = !state.open.is_empty() || !state.words.is_empty();
        state.looks
    }

    async fn catch_up(&self, services: &Services) -> Result<(), StoreError> {
        let words = std::mem::take(&mut self.state().words);
        let moved = !words.is_empty();
        news::say(services, words).await?;
        self.look(services).await?;
        if moved { self.meet(services).await } else { Ok(()) }
    }

    async fn look(&self, services: &Services) -> Result<(), StoreError> {
        let known: Vec<(DossierId, u32)> =
            self.state().topics.iter().map(|(id, topic)| (id.clone(), topic.known)).collect();
        if known.is_empty() {
            return Ok(());
        }
        let longer = news::longer(services, &known).await?;
        let mut state = self.state();
        for one in longer {
            let Some(topic) = state.topics.get_mut(&one.dossier) else { continue };
            topic.known = one.seq.max(topic.known);
            if let Some(seq) = one.told {
                topic.told.send_if_modified(|told| {
                    let grows = seq > told.seq;
                    told.seq = told.seq.max(seq);
                    grows
                });
            }
        }
        Ok(())
    }

    async fn meet(&self, services: &Services) -> Result<(), StoreError> {
        let ids: Vec<DossierId> = self.state().topics.keys().cloned().collect();
        if ids.is_empty() {
            return Ok(());
        }
        let readers = presence::readers(services, &ids).await?;
        let state = self.state();
        for (id, topic) in &state.topics {
            let here: Vec<Present> =
                readers.iter().filter(|one| one.dossier == *id).cloned().collect();
            topic.told.send_if_modified(|told| {
                let changes = told.present != here;
                told.present = here;
                changes
            });
        }
        Ok(())
    }

    /// Pages that stay open say so again.
    async fn say_again(&self, services: &Services) -> Result<(), StoreError> {
        let at = services.now();
        let open: Vec<Here> =
            self.state().open.values().map(|here| Here { at, ..here.clone() }).collect();
        news::say(services, open).await
    }
}
