//! Of several tabs one sends: the one that holds the lock. The others ask it, as they would ask the
//! server, and it tells them all what the server said. When it goes away the lock goes to another;
//! when it does not answer, because the browser put it to sleep, the lock is taken from it.

use std::collections::BTreeSet;

use dossier::operation::{Operation, Verdict};
use gloo_timers::callback::Timeout;
use leptos::{prelude::*, task::spawn_local};

use super::Sync;
use crate::{
    browser::{
        ids::now,
        lock, page,
        tabs::{Heard, letter},
    },
    draft::outbox::{Failure, Left, News},
    exchange::Kept,
};

/// A tab that is awake says within this time that it sends, in milliseconds.
const AWAKE: u32 = 3_000;
/// What the tab that sends was told takes no longer, in milliseconds: then it is asked again.
const ANSWERED: u32 = 30_000;
/// What another tab was typing is on the device by then, in milliseconds.
const WRITTEN: u32 = 50;

/// What a tab knows of the others.
#[derive(Default)]
pub(super) struct Others {
    /// Their operations that the server has not acknowledged, as far as this tab heard.
    pub waiting: BTreeSet<String>,
    /// Why they wait.
    pub why: Option<Failure>,
    /// The first operation of what this tab asked another one to send.
    asking: Option<String>,
    patience: Option<Timeout>,
}

impl Sync {
    /// Waits for the lock, or takes it away; gives false where there are no locks.
    pub(super) fn claim(&self, steal: bool) -> bool {
        let (held, lost) = (self.clone(), self.clone());
        lock::claim(&self.name, steal, move || held.take_over(), move || lost.step_back())
    }

    /// This tab sends from now on, also what a tab that is gone left on the device.
    pub(super) fn take_over(&self) {
        let ready = {
            let mut inner = self.inner.borrow_mut();
            inner.writes = true;
            inner.others.asking = None;
            inner.others.patience = None;
            inner.outbox.ask_again();
            inner.ready
        };
        if !ready {
            // It is about to read the device anyway.
            return;
        }
        self.tell(letter::READS, &());
        let sync = self.clone();
        Timeout::new(WRITTEN, move || {
            spawn_local(async move {
                let device = sync.inner.borrow().device.clone();
                if let Some(device) = device {
                    let mut left = device.left().await;
                    left.retain(|one| !sync.inner.borrow().outbox.knows(&one.operation.id));
                    sync.show_left(&left);
                    let mut inner = sync.inner.borrow_mut();
                    inner.outbox.take_over(left);
                    // What is neither here nor there any more was sent.
                    inner.others.waiting.clear();
                }
                sync.turn();
            });
        })
        .forget();
    }

    /// Another tab took the lock: this one slept. Without locks after all, each tab sends.
    fn step_back(&self) {
        let slept = std::mem::take(&mut self.inner.borrow_mut().writes);
        if !slept || !self.claim(false) {
            self.inner.borrow_mut().writes = true;
        }
    }

    /// Asks the tab that sends.
    pub(super) fn ask(&self, operations: &[Operation]) {
        self.tell(letter::ASKS, &operations);
        self.inner.borrow_mut().others.asking = operations.first().map(|first| first.id.clone());
        self.be_patient(AWAKE, |sync| {
            sync.claim(true);
        });
    }

    fn be_patient(&self, millis: u32, then: fn(&Self)) {
        let sync = self.clone();
        let patience = Timeout::new(millis, move || then(&sync));
        self.inner.borrow_mut().others.patience = Some(patience);
    }

    /// What another tab says: shown here; sent from here, when this is the tab that sends.
    pub(super) fn heard(&self, heard: Heard) {
        match heard {
            Heard::Reads => {
                // It may send them too: they never change again.
                self.inner.borrow_mut().outbox.last_words();
            }
            Heard::Did(operation) => {
                self.show_gesture(&operation.at, &operation.gesture);
                let mut inner = self.inner.borrow_mut();
                inner.outbox.typed_elsewhere(&operation.at);
                inner.others.waiting.insert(operation.id);
            }
            Heard::Asks(operations) => {
                let mut inner = self.inner.borrow_mut();
                let Some(first) = operations.first().filter(|_| inner.writes) else { return };
                self.tell(letter::TAKES, &first.id);
                if !inner.asked.contains(&operations) {
                    inner.asked.push_back(operations);
                }
                drop(inner);
                self.turn();
            }
            Heard::Takes(first) => {
                if self.inner.borrow().others.asking == Some(first) {
                    self.be_patient(ANSWERED, |sync| {
                        sync.inner.borrow_mut().outbox.ask_again();
                        sync.turn();
                    });
                }
            }
            Heard::Came(kept) => {
                let sync = self.clone();
                spawn_local(async move {
                    sync.came(&kept).await;
                    sync.turn();
                });
            }
            Heard::Failed(why) => {
                let own = self.inner.borrow().others.asking.is_some();
                self.failed(why, own);
                if own {
                    self.turn();
                }
            }
            Heard::LetGo(id) => {
                let mut inner = self.inner.borrow_mut();
                inner.others.waiting.remove(&id);
                let there = inner.outbox.conflicts().find(|(left, _)| left.operation.id == id);
                let key = there.map(|(left, _)| left.operation.at.to_string());
                inner.outbox.let_go(&id);
                inner.outbox.to_device();
                drop(inner);
                if let Some(key) = key {
                    self.draft.conflicts.update(|conflicts| {
                        conflicts.remove(&key);
                    });
                }
            }
        }
        self.show_status();
    }

    /// The server answered, here or to another tab.
    pub(super) async fn came(&self, kept: &Kept) {
        let mut merged = Vec::new();
        let (news, device) = {
            let mut inner = self.inner.borrow_mut();
            inner.others.why = None;
            let mine = kept.outcomes.iter().any(|outcome| inner.outbox.knows(&outcome.id));
            if mine {
                inner.others.asking = None;
                inner.others.patience = None;
            }
            if inner.writes {
                inner.outbox.retry_now();
            }
            for outcome in &kept.outcomes {
                inner.others.waiting.remove(&outcome.id);
                let at = &outcome.at;
                match &outcome.verdict {
                    _ if inner.outbox.knows(&outcome.id) => {}
                    Verdict::Saved { version } => self.is_now(at, *version),
                    Verdict::Merged { raw, version, own } if !inner.outbox.waits(at) => {
                        let (at, raw) = (at.clone(), raw.clone());
                        merged.push(News::Merged { at, raw, version: *version, own: *own });
                    }
                    _ => {}
                }
            }
            let news = if mine || inner.writes {
                inner.outbox.answered(&kept.outcomes)
            } else {
                Vec::new()
            };
            (news, inner.device.clone().filter(|_| inner.writes))
        };
        self.write_on_device().await;
        self.draft.saved_at.set(kept.at.clone());
        for item in news.into_iter().chain(merged) {
            self.show(item);
        }
        // The tab that asked may be gone.
        if let Some(device) = device {
            for outcome in &kept.outcomes {
                if matches!(outcome.verdict, Verdict::Saved { .. } | Verdict::Merged { .. }) {
                    device.release(&outcome.id).await;
                }
            }
        }
    }

    /// The server could not be asked, or refused the whole: of what waits here when it is `own`.
    pub(super) fn failed(&self, why: Failure, own: bool) {
        let before = {
            let mut inner = self.inner.borrow_mut();
            let before = inner.others.why.replace(why);
            if own {
                inner.outbox.failed(why, now());
                inner.others.asking = None;
                inner.others.patience = None;
            }
            before
        };
        let ended = |why| matches!(why, Failure::SignedOut | Failure::OtherPerson);
        // Once: who goes on writing is not asked again and again.
        if own && ended(why) && !before.is_some_and(ended) {
            page::ask_to_sign_in();
        }
    }

    /// Shows what was left on the device, where nothing was typed since.
    pub(super) fn show_left(&self, left: &[Left]) {
        let typed = self.inner.borrow().outbox.unacknowledged();
        for one in left {
            if typed.iter().all(|operation| operation.at != one.operation.at) {
                self.show_again(one);
            }
        }
    }
}
