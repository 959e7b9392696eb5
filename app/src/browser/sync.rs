//! Sends what waits: on the device first, then one request at a time, then the line of state. Of
//! several tabs, one sends for all.

mod file;
mod gestures;
mod sharing;
mod showing;
mod tray;

use std::{
    cell::{Cell, OnceCell, RefCell},
    collections::VecDeque,
    rc::Rc,
};

use dossier::operation::Operation;
use form::At;
use gloo_net::http::Request;
use gloo_timers::callback::Timeout;
use leptos::{prelude::*, task::spawn_local};
use serde::{Serialize, de::DeserializeOwned};

use self::sharing::Others;
use super::{
    device::Device,
    ids::now,
    page,
    tabs::{Tabs, letter},
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
    /// What the tabs of this person on this dossier share: a channel and a lock.
    name: String,
    /// Set once, before anything is heard.
    tabs: Rc<OnceCell<Tabs>>,
    inner: Rc<RefCell<Inner>>,
    /// Whether rules and totals have yet to follow what was typed.
    behind: Rc<Cell<bool>>,
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
    /// Whether this tab sends, for itself and for the others.
    writes: bool,
    /// Whether a request of this tab is out.
    busy: bool,
    /// What other tabs asked this one to send.
    asked: VecDeque<Vec<Operation>>,
    /// What this tab knows of the others.
    others: Others,
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
            writes: false,
            busy: false,
            asked: VecDeque::new(),
            others: Others::default(),
        };
        let inner = Rc::new(RefCell::new(inner));
        let path = routes::operations_of(&dossier, &account);
        let name = format!("trame:{account}:{dossier}");
        let sync = Self { draft, path, name, tabs: Rc::default(), inner, behind: Rc::default() };
        let hearing = sync.clone();
        let joined = Tabs::join(&sync.name, move |heard| hearing.heard(heard));
        let alone = joined.is_none_or(|tabs| sync.tabs.set(tabs).is_err());
        // Without lock or channel each tab sends what was typed in it: what two send applies once.
        if alone || !sync.claim(false) {
            sync.inner.borrow_mut().writes = true;
        }
        // Before the store is read: the others' texts there may be sent from here too, so that from
        // now on they write theirs under other ids.
        sync.tell(letter::READS, &());
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
            opening.show_left(&left);
            {
                let mut inner = opening.inner.borrow_mut();
                inner.outbox.restore(left);
                inner.ready = true;
            }
            opening.open_file(&dossier).await;
            opening.turn();
        });
        sync
    }

    /// Tells the other tabs.
    fn tell(&self, letter: char, said: &impl Serialize) {
        if let Some(tabs) = self.tabs.get() {
            tabs.tell(letter, said);
        }
    }

    /// Everything due now: a field was left, the page hides.
    pub fn hurry(&self) {
        self.draft.changes.update_untracked(Changes::settle);
        self.inner.borrow_mut().outbox.hurry();
        self.turn();
    }

    /// The network is back, or somebody signed in.
    pub fn retry(&self) {
        let lost = {
            let mut inner = self.inner.borrow_mut();
            inner.outbox.retry_now();
            inner.writes && !inner.others.waiting.is_empty()
        };
        if lost {
            // Its tab may have gone without a word.
            self.take_over();
        }
        self.turn();
    }

    /// Sends the rest, then goes to another page.
    pub fn leave_for(&self, path: String) {
        self.inner.borrow_mut().leaving = Some(path);
        self.hurry();
    }

    /// The page hides, and may never show again: what waits goes out, or to the tab that sends.
    pub fn hide(&self) {
        if self.inner.borrow().writes {
            self.beacon();
        } else {
            self.hurry();
        }
    }

    /// Last words when the page goes away: applied once, however many times they arrive.
    pub fn beacon(&self) {
        let waiting = self.inner.borrow_mut().outbox.last_words();
        if waiting.is_empty() {
            return;
        }
        beacon(&self.path, &waiting);
    }

    /// What was given to this guest was taken back: nothing that is typed can be sent any more.
    pub fn ended(&self) {
        self.inner.borrow_mut().outbox.failed(Failure::Ended, now());
        self.show_status();
    }

    fn turn(&self) {
        let (ready, writes, asked, taken) = {
            let mut inner = self.inner.borrow_mut();
            let free = inner.ready && !inner.busy;
            let asked = if free { inner.asked.pop_front() } else { None };
            let taken = if free && asked.is_none() { inner.outbox.take(now()) } else { None };
            inner.busy |= inner.writes && (asked.is_some() || taken.is_some());
            (inner.ready, inner.writes, asked, taken)
        };
        let own = taken.is_some();
        match asked.or(taken) {
            Some(operations) if writes => {
                let sync = self.clone();
                spawn_local(async move { sync.send(operations, own).await });
            }
            Some(operations) => self.ask(&operations),
            None if ready => {
                self.sleep();
                self.maybe_leave();
            }
            None => {}
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

    /// Sends what waits here (`own`), or what another tab asked to send, and tells them all.
    async fn send(&self, operations: Vec<Operation>, own: bool) {
        match post::<Kept>(&self.path, &operations).await {
            Ok(kept) => {
                self.tell(letter::CAME, &kept);
                self.came(&kept).await;
            }
            Err(why) => {
                self.tell(letter::FAILED, &why);
                self.failed(why, own);
            }
        }
        self.inner.borrow_mut().busy = false;
        self.turn();
    }
}

/// Sends something that outlives the page.
pub fn beacon(path: &str, said: &impl Serialize) {
    let Ok(text) = serde_json::to_string(said) else { return };
    let parts = js_sys::Array::of1(&text.into());
    let options = web_sys::BlobPropertyBag::new();
    options.set_type("application/json");
    if let Ok(blob) = web_sys::Blob::new_with_str_sequence_and_options(&parts, &options) {
        // Refused when too large: what was typed is on the device.
        let _ = window().navigator().send_beacon_with_opt_blob(path, Some(&blob));
    }
}

/// Asks the server.
pub async fn post<T: DeserializeOwned>(path: &str, said: &impl Serialize) -> Result<T, Failure> {
    let request = Request::post(path).json(said).map_err(|_| Failure::Unreachable)?;
    let response = request.send().await.map_err(|_| Failure::Unreachable)?;
    if response.ok() {
        return response.json().await.map_err(|_| Failure::Unreachable);
    }
    let refused = response.json().await.unwrap_or(Refused::Unavailable);
    Err(match refused {
        Refused::SignedOut => Failure::SignedOut,
        Refused::OtherPerson => Failure::OtherPerson,
        Refused::Ended => Failure::Ended,
        Refused::NotFound | Refused::Closed => Failure::Closed,
        Refused::BadRequest | Refused::Unavailable => Failure::Unreachable,
    })
}
