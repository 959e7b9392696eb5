//! A device: a store that outlives its pages, a clock that is wrong, and the page that is open.
//! Does what `app/src/browser/sync.rs` does, in its order.

use std::collections::{BTreeMap, BTreeSet};

use app::draft::outbox::{Failure, Left, REST};
use dossier::operation::{Gesture, Operation, Outcome};
use form::At;

use super::{
    ledger::Ledger,
    network::{Network, Request},
    page::{Page, Task},
    seed::Chance,
    server::Server,
};

/// A device of somebody.
pub struct Device {
    /// First or second.
    pub index: usize,
    /// Visits so far.
    pub visit: u32,
    /// What outlives the page.
    pub store: BTreeMap<String, Left>,
    /// How wrong its clock is, in milliseconds.
    pub skew: i64,
    /// The page, when there is one.
    pub page: Option<Page>,
}

impl Device {
    /// A new device.
    pub fn new(index: usize, skew: i64) -> Self {
        Self { index, visit: 0, store: BTreeMap::new(), skew, page: None }
    }

    /// What its clock says.
    pub fn clock(&self, now: u64) -> u64 {
        now.saturating_add_signed(self.skew)
    }

    /// Opens the page that the server sends.
    pub fn visit(&mut self, server: &Server) {
        self.visit += 1;
        self.page = Some(Page::served(server));
    }

    /// Whether the page shows a text that nobody decided on.
    pub fn shows(&self, at: &At, text: &str) -> bool {
        self.page.as_ref().is_some_and(|page| {
            page.outbox.parked().iter().any(|(operation, _)| writes(operation, at, text))
                || page.outbox.conflicts().any(|(left, _)| writes(&left.operation, at, text))
        })
    }

    /// Whether the store holds a text.
    pub fn keeps(&self, at: &At, text: &str) -> bool {
        self.store.values().any(|left| writes(&left.operation, at, text))
    }

    /// Once everything is sent, the store holds what waits for the person and nothing else.
    pub fn check_kept(&self) -> Result<(), String> {
        let Some(page) = &self.page else { return Ok(()) };
        let refused = page.outbox.parked().iter().map(|(operation, _)| operation);
        let waiting = refused.chain(page.outbox.conflicts().map(|(left, _)| &left.operation));
        let waiting: BTreeSet<&String> = waiting.map(|operation| &operation.id).collect();
        let kept: BTreeSet<&String> = self.store.keys().collect();
        if kept == waiting {
            return Ok(());
        }
        Err(format!("device {} keeps {kept:?}, and {waiting:?} wait", self.index))
    }

    /// Records a gesture over this version.
    pub fn record(
        &mut self,
        (at, gesture, rest): (At, Gesture, bool),
        seen: Option<u32>,
        now: u64,
        (chance, ledger): (&mut Chance, &mut Ledger),
    ) {
        let clock = self.clock(now);
        let Some(page) = &mut self.page else { return };
        let before = page.answers.get(&at).cloned().unwrap_or_default();
        let seen = seen.unwrap_or(before.version);
        let when = (clock, if rest { REST } else { 0 });
        let operation = page.outbox.record(at, gesture, seen, when, || chance.ulid(clock));
        ledger.looks(self.index, &before.raw);
        let from = (self.index, self.visit);
        let typed = ledger.typed(from, &operation, before.known, before.typed);
        page.apply(&operation, typed);
        if page.open {
            page.tasks.push_back(Task::Keep(operation.into(), typed));
        }
        page.tasks.push_back(Task::Turn);
    }

    /// Does the next thing with the store.
    pub fn step(&mut self, now: u64, ledger: &mut Ledger, network: &mut Network) {
        let Some(task) = self.page.as_mut().and_then(|page| page.tasks.pop_front()) else { return };
        let Some(page) = &mut self.page else { return };
        match task {
            Task::Open => {
                page.open = true;
                let left = self.store.values().cloned().collect();
                // What was typed while the store was opening is kept now.
                for early in page.outbox.unacknowledged() {
                    let rank = ledger.rank(&early);
                    page.tasks.push_back(Task::Keep(early.into(), rank));
                }
                page.tasks.push_back(Task::Ready(left));
            }
            Task::Keep(left, rank) => {
                ledger.reached(rank);
                self.store.insert(left.operation.id.clone(), left);
            }
            Task::Release(id) => {
                self.store.remove(&id);
            }
            Task::Ready(left) => {
                let early = page.outbox.unacknowledged();
                page.outbox.restore(left.clone());
                for left in &left {
                    let refused = page.outbox.parked().iter().any(|(o, _)| *o == left.operation);
                    if !refused && early.iter().all(|op| op.at != left.operation.at) {
                        page.show_again(left, ledger);
                    }
                }
                page.ready = true;
                self.turn(now, network);
            }
            Task::Turn => self.turn(now, network),
            Task::Show(news) => {
                page.show(news);
                self.turn(now, network);
            }
        }
    }

    /// Sends what is due.
    pub fn turn(&mut self, now: u64, network: &mut Network) {
        let (device, visit, clock) = (self.index, Some(self.visit), self.clock(now));
        let Some(page) = self.page.as_mut().filter(|page| page.ready) else { return };
        if let Some(operations) = page.outbox.take(clock) {
            network.requests.push(Request { device, visit, operations });
        }
    }

    /// Turns when its timer rings.
    pub fn ring(&mut self, now: u64, network: &mut Network) {
        let clock = self.clock(now);
        let wake = self.page.as_ref().and_then(|page| page.outbox.wake_at());
        if wake.is_some_and(|at| at <= clock) {
            self.turn(now, network);
        }
    }

    /// The field was left.
    pub fn hurry(&mut self, now: u64, network: &mut Network) {
        if let Some(page) = &mut self.page {
            page.outbox.hurry();
        }
        self.turn(now, network);
    }

    /// The network is back, or the page is shown again.
    pub fn retry(&mut self, now: u64, network: &mut Network) {
        if let Some(page) = &mut self.page {
            page.outbox.retry_now();
        }
        self.turn(now, network);
    }

    /// The cursor leaves the fields.
    pub fn shows_merged(&mut self) {
        if let Some(page) = &mut self.page {
            page.show_merged();
        }
    }

    /// Last words of a page that hides.
    pub fn beacon(&mut self, network: &mut Network) {
        let Some(page) = &mut self.page else { return };
        let operations = page.outbox.last_words();
        if !operations.is_empty() {
            network.requests.push(Request { device: self.index, visit: None, operations });
        }
    }

    /// The server answered, or did not.
    pub fn hear(
        &mut self,
        result: Result<Vec<Outcome>, Failure>,
        now: u64,
        (ledger, network): (&Ledger, &mut Network),
    ) {
        let clock = self.clock(now);
        let Some(page) = &mut self.page else { return };
        match result {
            Ok(outcomes) => {
                let news = page.outbox.answered(&outcomes);
                page.write_changes(ledger);
                page.tasks.push_back(Task::Show(news));
            }
            Err(failure) => {
                page.outbox.failed(failure, clock);
                self.turn(now, network);
            }
        }
    }
}

fn writes(operation: &Operation, at: &At, text: &str) -> bool {
    operation.at == *at && matches!(&operation.gesture, Gesture::Write(raw) if raw == text)
}
