//! Sends what waits: on the device first, then one request at a time, then the line of state.

use std::{cell::RefCell, rc::Rc, sync::Arc};

use dossier::operation::{Gesture, Operation};
use form::{At, Provenance, Standing};
use gloo_net::http::Request;
use gloo_timers::callback::Timeout;
use js_sys::Date;
use leptos::{prelude::*, task::spawn_local};
use ulid::Ulid;

use super::{device::Device, page};
use crate::{
    draft::{
        Conflict, Draft,
        outbox::{Failure, News, Outbox, REST, Status},
    },
    exchange::{Kept, Refused},
    routes,
};

/// The one sender of the page. A handle: copies are the same sender.
#[derive(Clone)]
pub struct Sync {
    draft: Draft,
    path: String,
    inner: Rc<RefCell<Inner>>,
}

struct Inner {
    outbox: Outbox,
    device: Option<Device>,
    timer: Option<Timeout>,
    /// Once the device store is open, or known to be refused.
    ready: bool,
    /// Where to go once everything is sent.
    leaving: Option<String>,
}

impl Sync {
    /// Opens the device store, takes back what an earlier visit left, and starts sending.
    pub fn start(draft: Draft) -> Self {
        let (account, dossier) =
            draft.opening.with_value(|opening| (opening.account.clone(), opening.dossier.clone()));
        let inner = Inner {
            outbox: Outbox::default(),
            device: None,
            timer: None,
            ready: false,
            leaving: None,
        };
        let sync =
            Self { draft, path: routes::operations(&dossier), inner: Rc::new(RefCell::new(inner)) };
        let opening = sync.clone();
        spawn_local(async move {
            let device = Device::open(&account, &dossier).await;
            let left = match &device {
                Some(device) => device.left().await,
                None => Vec::new(),
            };
            // What was typed while the store was opening is kept now.
            let early = opening.inner.borrow().outbox.unacknowledged();
            if let Some(device) = &device {
                for operation in &early {
                    device.keep(operation).await;
                }
            }
            for operation in &left {
                if early.iter().all(|op| op.at != operation.at) {
                    opening.show_again(operation);
                }
            }
            {
                let mut inner = opening.inner.borrow_mut();
                inner.outbox.restore(left);
                inner.device = device;
                inner.ready = true;
            }
            opening.turn();
        });
        sync
    }

    /// Records what a person did to an answer, and shows it.
    pub fn record(&self, at: At, gesture: Gesture, rest: bool) {
        let seen =
            self.draft.answers.with_untracked(|a| a.at(&at).map_or(0, |answer| answer.version));
        self.record_over(at, gesture, rest, seen);
    }

    /// Records a typed text, unless it is what stands already.
    pub fn wrote(&self, at: At, raw: String, rest: bool) {
        let stands = self.draft.answers.with_untracked(|a| a.raw(&at.field, &at.row) == raw);
        if stands {
            if !rest {
                self.hurry();
            }
        } else {
            self.record(at, Gesture::Write(raw), rest);
        }
    }

    /// The same, over a version that the person was shown.
    fn record_over(&self, at: At, gesture: Gesture, rest: bool, seen: u32) {
        self.apply(&at, &gesture);
        let when = (now(), if rest { REST } else { 0 });
        let operation = self.inner.borrow_mut().outbox.record(at, gesture, seen, when, new_id);
        let sync = self.clone();
        let device = self.inner.borrow().device.clone();
        spawn_local(async move {
            if let Some(device) = device {
                device.keep(&operation).await;
            }
            sync.turn();
        });
        self.show_status();
    }

    /// Chooses between two values: ours is written over theirs, or theirs is taken.
    pub fn choose(&self, key: &str, ours: bool) {
        let Some(conflict) = self.draft.conflicts.with_untracked(|c| c.get(key).cloned()) else {
            return;
        };
        let at = At::parse(key);
        let mine = self.draft.answers.with_untracked(|a| a.raw(&at.field, &at.row).to_owned());
        self.draft.conflicts.update(|conflicts| {
            conflicts.remove(key);
        });
        self.draft.answers.update(|shared| {
            let answers = Arc::make_mut(shared);
            let mut answer = answers.at(&at).cloned().unwrap_or_default();
            answer.version = conflict.version;
            answer.raw.clone_from(&conflict.theirs);
            answers.put(at.clone(), answer);
        });
        if ours {
            self.record_over(at, Gesture::Write(mine), false, conflict.version);
        } else {
            let kind = self.draft.revision().place(&at.field).map(|place| &place.field.kind);
            page::write(
                &at,
                &kind.map_or_else(|| conflict.theirs.clone(), |k| k.edit(&conflict.theirs)),
            );
        }
    }

    /// Everything due now: a field was left, the page hides.
    pub fn hurry(&self) {
        self.inner.borrow_mut().outbox.hurry();
        self.turn();
    }

    /// The network is back, or somebody signed in elsewhere.
    pub fn retry(&self) {
        self.inner.borrow_mut().outbox.retry_now();
        self.turn();
    }

    /// Sends the rest, then goes to another page.
    pub fn leave_for(&self, path: String) {
        self.inner.borrow_mut().leaving = Some(path);
        self.hurry();
    }

    /// Last words when the page goes away: applied once, however many times they arrive.
    pub fn beacon(&self) {
        let waiting = self.inner.borrow().outbox.unacknowledged();
        if waiting.is_empty() {
            return;
        }
        let Ok(text) = serde_json::to_string(&waiting) else { return };
        let parts = js_sys::Array::of1(&text.into());
        let options = web_sys::BlobPropertyBag::new();
        options.set_type("application/json");
        if let Ok(blob) = web_sys::Blob::new_with_str_sequence_and_options(&parts, &options) {
            // Refused when too large: the device keeps it.
            let _ = window().navigator().send_beacon_with_opt_blob(&self.path, Some(&blob));
        }
    }

    fn turn(&self) {
        let (ready, taken) = {
            let mut inner = self.inner.borrow_mut();
            let taken = if inner.ready { inner.outbox.take(now()) } else { None };
            (inner.ready, taken)
        };
        if let Some(operations) = taken {
            let sync = self.clone();
            spawn_local(async move { sync.send(operations).await });
        } else if ready {
            self.sleep();
            self.maybe_leave();
        }
        self.show_status();
    }

    fn sleep(&self) {
        let wake = self.inner.borrow().outbox.wake_at();
        let timer = wake.map(|at| {
            let sync = self.clone();
            let wait = u32::try_from(at.saturating_sub(now())).unwrap_or(u32::MAX).max(20);
            Timeout::new(wait, move || sync.turn())
        });
        self.inner.borrow_mut().timer = timer;
    }

    /// Goes on once everything is on the server; stays, with everything, when it cannot be reached.
    fn maybe_leave(&self) {
        let mut inner = self.inner.borrow_mut();
        let path = match inner.outbox.status() {
            Status::Sending => None,
            Status::Saved => inner.leaving.clone(),
            Status::Waiting { .. } => {
                inner.leaving = None;
                None
            }
        };
        drop(inner);
        if let Some(path) = path {
            // A refused navigation leaves the person where they are, with everything.
            let _ = window().location().assign(&path);
        }
    }

    async fn send(&self, operations: Vec<Operation>) {
        match post(&self.path, &operations).await {
            Ok(kept) => {
                let news = self.inner.borrow_mut().outbox.answered(&kept.outcomes);
                let device = self.inner.borrow().device.clone();
                for outcome in &kept.outcomes {
                    if let Some(device) = &device {
                        device.release(&outcome.id).await;
                    }
                }
                self.draft.saved_at.set(kept.at);
                for item in news {
                    self.show(item);
                }
            }
            Err(failure) => self.inner.borrow_mut().outbox.failed(failure, now()),
        }
        self.turn();
    }

    fn show(&self, news: News) {
        match news {
            News::Saved { at, version } => {
                // What is saved was written over the other value, knowingly.
                let settled = at.to_string();
                if self.draft.conflicts.with_untracked(|c| c.contains_key(&settled)) {
                    self.draft.conflicts.update(|conflicts| {
                        conflicts.remove(&settled);
                    });
                }
                self.draft.answers.update_untracked(|shared| {
                    let answers = Arc::make_mut(shared);
                    if let Some(mut answer) = answers.at(&at).cloned() {
                        answer.version = version;
                        answers.put(at, answer);
                    }
                });
            }
            News::Conflict { at, theirs, version, by } => {
                self.draft.conflicts.update(|conflicts| {
                    conflicts.insert(at.to_string(), Conflict { theirs, version, by });
                });
            }
        }
    }

    fn show_status(&self) {
        let inner = self.inner.borrow();
        let status = inner.outbox.status();
        let parked: Vec<(At, String)> = inner
            .outbox
            .parked()
            .iter()
            .map(|(operation, _)| {
                let text = match &operation.gesture {
                    Gesture::Write(raw) => raw.clone(),
                    Gesture::Confirm => String::new(),
                };
                (operation.at.clone(), text)
            })
            .collect();
        drop(inner);
        if self.draft.status.get_untracked() != status {
            self.draft.status.set(status);
        }
        if self.draft.parked.with_untracked(|shown| *shown != parked) {
            self.draft.parked.set(parked);
        }
    }

    /// Shows what an earlier visit typed and could not send.
    fn show_again(&self, operation: &Operation) {
        self.apply(&operation.at, &operation.gesture);
        if let Gesture::Write(raw) = &operation.gesture {
            page::write(&operation.at, raw);
        }
    }

    fn apply(&self, at: &At, gesture: &Gesture) {
        self.draft.answers.update(|shared| {
            let answers = Arc::make_mut(shared);
            let mut answer = answers.at(at).cloned().unwrap_or_default();
            if let Gesture::Write(raw) = gesture {
                answer.raw.clone_from(raw);
            }
            if let Some(from) = &mut answer.provenance {
                from.standing = self.standing(at, from, gesture);
            }
            answers.put(at.clone(), answer);
        });
    }

    fn standing(&self, at: &At, from: &Provenance, gesture: &Gesture) -> Standing {
        let Gesture::Write(raw) = gesture else { return Standing::Confirmed };
        let kind = self.draft.revision().place(&at.field).map(|place| &place.field.kind);
        let same = kind.map_or(*raw == from.value, |kind| kind.same(raw, &from.value));
        if same { Standing::Confirmed } else { Standing::Overridden }
    }
}

async fn post(path: &str, operations: &[Operation]) -> Result<Kept, Failure> {
    let request = Request::post(path).json(&operations).map_err(|_| Failure::Unreachable)?;
    let response = request.send().await.map_err(|_| Failure::Unreachable)?;
    if response.ok() {
        return response.json().await.map_err(|_| Failure::Unreachable);
    }
    let refused = response.json().await.unwrap_or(Refused::Unavailable);
    Err(match refused {
        Refused::SignedOut => Failure::SignedOut,
        Refused::NotFound | Refused::Closed => Failure::Closed,
        Refused::BadRequest | Refused::Unavailable => Failure::Unreachable,
    })
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "milliseconds since 1970"
)]
fn now() -> u64 {
    Date::now() as u64
}

/// A ULID made on this device.
pub fn new_id() -> String {
    let mut random = [0_u8; 16];
    let filled =
        window().crypto().and_then(|crypto| crypto.get_random_values_with_u8_array(&mut random));
    debug_assert!(filled.is_ok());
    Ulid::from_parts(now(), u128::from_le_bytes(random)).to_string()
}
