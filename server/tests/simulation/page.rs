//! The open page: what the person sees, as the programme in the browser keeps it.

use std::collections::{BTreeMap, VecDeque};

use app::draft::outbox::{Left, News, Outbox, Reason, ToDevice};
use dossier::operation::{Gesture, Operation};
use form::{At, Standing};

use super::{ledger::Ledger, server::Server};

/// An answer on screen.
#[derive(Clone, Default)]
pub struct Shown {
    /// Its text.
    pub raw: String,
    /// Its version.
    pub version: u32,
    /// Whether it asks to be confirmed.
    pub to_confirm: bool,
    /// The newest version of the server that the person had before their eyes.
    pub known: u32,
    /// What the person typed there, by its rank in the ledger.
    pub typed: Option<usize>,
}

/// What is still to be done with the device, in order.
pub enum Task {
    /// Read what is left on it.
    Open,
    /// Keep this on it, by its rank in the ledger.
    Keep(Left, Option<usize>),
    /// Let go of this id.
    Release(String),
    /// Take back what was left, and start sending.
    Ready(Vec<Left>),
    /// Send what is due.
    Turn,
    /// Show what the server said, then send what is due.
    Show(Vec<News>),
}

/// A visit.
pub struct Page {
    /// What waits.
    pub outbox: Outbox,
    /// What is on screen.
    pub answers: BTreeMap<At, Shown>,
    /// The other person's text and its version, where there are two.
    pub conflicts: BTreeMap<At, (String, u32)>,
    /// What somebody else wrote in the same text, until it can be shown: never under the cursor.
    pub merged: BTreeMap<At, (String, u32)>,
    /// What is to be done with the device.
    pub tasks: VecDeque<Task>,
    /// Whether the store of the device is open.
    pub open: bool,
    /// Whether it may send.
    pub ready: bool,
}

impl Page {
    /// The page as the server sends it.
    pub fn served(server: &Server) -> Self {
        let shown = |(at, written): (&At, &service::saving::Written)| {
            let answer = &written.answer;
            let standing = answer.provenance.as_ref().map(|from| from.standing);
            let (raw, version) = (answer.raw.clone(), answer.version);
            let to_confirm = standing == Some(Standing::ToConfirm);
            (at.clone(), Shown { raw, version, to_confirm, known: version, typed: None })
        };
        Self {
            outbox: Outbox::default(),
            answers: server.answers.iter().map(shown).collect(),
            conflicts: BTreeMap::new(),
            merged: BTreeMap::new(),
            tasks: VecDeque::from([Task::Open]),
            open: false,
            ready: false,
        }
    }

    /// The text at a place.
    pub fn raw(&self, at: &At) -> &str {
        self.answers.get(at).map_or("", |shown| &shown.raw)
    }

    /// Shows a gesture.
    pub fn apply(&mut self, operation: &Operation, typed: Option<usize>) {
        let shown = self.answers.entry(operation.at.clone()).or_default();
        shown.to_confirm = false;
        if let Gesture::Write(raw) = &operation.gesture {
            shown.raw.clone_from(raw);
            shown.typed = typed;
        }
    }

    /// Shows what an earlier visit typed: over the version that it had seen, whatever the server
    /// sent since, because that is no longer on screen.
    pub fn show_again(&mut self, left: &Left, ledger: &Ledger) {
        let operation = &left.operation;
        self.apply(operation, ledger.rank(operation));
        let shown = self.answers.entry(operation.at.clone()).or_default();
        if operation.gesture != Gesture::Confirm {
            shown.version = operation.seen;
            shown.known = operation.seen;
        }
        if let Some(Reason::Conflict { theirs, version, .. }) = &left.parked {
            shown.known = *version;
            self.conflicts.insert(operation.at.clone(), (theirs.clone(), *version));
        }
    }

    /// The person lets go of a parked text.
    pub fn let_go(&mut self, id: &str, ledger: &Ledger) {
        self.outbox.let_go(id);
        self.write_changes(ledger);
    }

    /// Writes on the device what the outbox says.
    pub fn write_changes(&mut self, ledger: &Ledger) {
        self.tasks.extend(self.outbox.to_device().into_iter().map(|change| match change {
            ToDevice::Keep(left) => {
                let rank = ledger.rank(&left.operation);
                Task::Keep(left, rank)
            }
            ToDevice::Release(id) => Task::Release(id),
        }));
    }

    /// Shows what the server said.
    pub fn show(&mut self, news: Vec<News>) {
        for item in news {
            match item {
                News::Saved { at, version } => self.is_now(&at, version),
                News::Merged { at, raw, version, own } => {
                    self.is_now(&at, own);
                    self.merged.insert(at, (raw, version));
                }
                News::Conflict { at, theirs, version, .. } => {
                    self.merged.remove(&at);
                    let shown = self.answers.entry(at.clone()).or_default();
                    shown.known = shown.known.max(version);
                    self.conflicts.insert(at, (theirs, version));
                }
            }
        }
    }

    fn is_now(&mut self, at: &At, version: u32) {
        self.merged.remove(at);
        self.conflicts.remove(at);
        if let Some(shown) = self.answers.get_mut(at) {
            shown.version = version;
        }
    }

    /// Shows what somebody else wrote in the same texts, where nothing was typed since.
    pub fn show_merged(&mut self) {
        let ready: Vec<At> =
            self.merged.keys().filter(|at| !self.outbox.waits(at)).cloned().collect();
        for at in ready {
            let Some((raw, version)) = self.merged.remove(&at) else { continue };
            let shown = self.answers.entry(at).or_default();
            (shown.raw, shown.version, shown.known, shown.typed) = (raw, version, version, None);
        }
    }
}
