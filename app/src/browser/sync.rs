//! Sends what waits: on the device first, then one request at a time, then the line of state.

mod gestures;
mod showing;
mod tray;

use std::{cell::RefCell, rc::Rc};

use dossier::operation::Operation;
use form::At;
use gloo_net::http::Request;
use gloo_timers::callback::Timeout;
use leptos::{prelude::*, task::spawn_local};
use serde::Serialize;

use super::{
    device::Device,
    ids::now,
    page,
    tabs::{self, Tabs},
};
use crate::{
    draft::{
        Draft,
        changes::Changes,
        outbox::{Failure, Outbox, Status},
    },
    exchange::{Kept, Refused},
    routes,
};

/// The one sender of the page. A handle: copies are the same sender.
#[derive(Clone)]
pub struct Sync {
    draft: Draft,
    path: String,
    tabs: Option<Tabs>,
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
    /// Texts with what somebody else wrote in them, and their versions, until they can be shown.
    merged: Vec<(At, String, u32)>,
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
            merged: Vec::new(),
        };
        let inner = Rc::new(RefCell::new(inner));
        let mut sync = Self { draft, path: routes::operations(&dossier), tabs: None, inner };
        let hearing = sync.clone();
        sync.tabs = Tabs::join(&account, &dossier, move |heard| hearing.heard(heard));
        // Before the store is read: the others' texts there are sent from here too, so that from now
        // on they write theirs under other ids.
        sync.tell(&tabs::OPENED);
        let opening = sync.clone();
        spawn_local(async move {
            let device = Device::open(&account, &dossier).await;
            let left = match &device {
                Some(device) => device.left().await,
                None => Vec::new(),
            };
            // What was typed while the store was opening is kept now; what follows keeps itself.
            let early = {
                let mut inner = opening.inner.borrow_mut();
                inner.device.clone_from(&device);
                inner.outbox.unacknowledged()
            };
            opening.draft.keeps.set(device.is_some());
            for operation in early {
                if let Some(device) = &device {
                    device.keep(&operation.into()).await;
                }
            }
            let typed = opening.inner.borrow().outbox.unacknowledged();
            for one in &left {
                if typed.iter().all(|op| op.at != one.operation.at) {
                    opening.show_again(one);
                }
            }
            {
                let mut inner = opening.inner.borrow_mut();
                inner.outbox.restore(left);
                inner.ready = true;
            }
            opening.turn();
        });
        sync
    }

    /// Tells the other tabs.
    fn tell(&self, said: &impl Serialize) {
        if let Some(tabs) = &self.tabs {
            tabs.tell(said);
        }
    }

    /// Everything due now: a field was left, the page hides.
    pub fn hurry(&self) {
        self.draft.changes.update_untracked(Changes::settle);
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
        let waiting = self.inner.borrow_mut().outbox.last_words();
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

    /// Goes on once everything is on the server. When it cannot be reached, goes on where this device
    /// keeps both what was typed and the next page; stays, with everything, where it does not.
    fn maybe_leave(&self) {
        let mut inner = self.inner.borrow_mut();
        let path = match inner.outbox.status() {
            Status::Sending => None,
            Status::Saved => inner.leaving.clone(),
            Status::Waiting { why: Failure::Unreachable, .. }
                if inner.device.is_some() && page::is_kept() =>
            {
                inner.leaving.clone()
            }
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
                for outcome in &kept.outcomes {
                    self.tell(outcome);
                }
                self.write_on_device().await;
                self.draft.saved_at.set(kept.at);
                for item in news {
                    self.show(item);
                }
            }
            Err(failure) => self.inner.borrow_mut().outbox.failed(failure, now()),
        }
        self.turn();
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
