//! What waits to be sent, as a plain state machine: no browser, no clock, no network. Whoever holds
//! it writes each operation to the device first, then sends what [`Outbox::take`] gives, then tells
//! it what came back, then writes on the device what [`Outbox::to_device`] gives.

mod parked;

use std::collections::BTreeMap;

use dossier::operation::{Gesture, Operation, Outcome, Refusal, Verdict};
use form::At;
use serde::{Deserialize, Serialize};

pub use self::parked::{Left, Reason, ToDevice};

/// Rest after the last key before an answer is sent, in milliseconds.
pub const REST: u64 = 600;
/// Longest wait between two tries, in milliseconds.
const LONGEST_WAIT: u64 = 30_000;
/// Most operations in one request.
const MOST: usize = 100;
/// Most text in one request, in bytes: what the server takes, even when JSON writes six for one. A
/// request too large would come back for ever, and everything behind it would wait.
const MOST_TEXT: usize = 64 * 1024;

/// Why a request failed as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Failure {
    /// No answer: no network, or the server restarts.
    Unreachable,
    /// The session ended: sign in again, nothing is lost.
    SignedOut,
    /// Somebody else signed in meanwhile: nothing goes out under their name.
    OtherPerson,
    /// What was given to this guest was taken back, or is over.
    Ended,
    /// The dossier was deposited or closed meanwhile.
    Closed,
}

/// What the holder must do after an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum News {
    /// The answer is on the server.
    Saved {
        /// Where.
        at: At,
        /// Its version there.
        version: u32,
    },
    /// Somebody else wrote in the same text: what stands now has both.
    Merged {
        /// Where.
        at: At,
        /// What stands.
        raw: String,
        /// Its version.
        version: u32,
        /// The version of the text as it was typed, which the field may still show.
        own: u32,
    },
    /// Two values: show both.
    Conflict {
        /// Where.
        at: At,
        /// What the other wrote.
        theirs: String,
        /// Its version.
        version: u32,
        /// Who wrote it.
        by: String,
    },
}

/// What the line of state says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Everything is on the server.
    Saved,
    /// Kept on this device, about to be sent or being sent.
    Sending,
    /// Kept on this device, `count` answers wait, and why.
    Waiting {
        /// Answers that wait.
        count: usize,
        /// Why they wait.
        why: Failure,
    },
}

#[derive(Clone, Debug)]
struct Entry {
    operation: Operation,
    due: u64,
    /// Once sent, the server may have applied it: its text never changes again.
    sent: bool,
    flying: bool,
    /// Whether its field shows it, or what was typed over it: nobody decides on a text unseen.
    shown: bool,
}

/// The operations that the server has not acknowledged.
#[derive(Clone, Debug, Default)]
pub struct Outbox {
    entries: Vec<Entry>,
    /// Refused operations, kept so that their text can be shown.
    parked: Vec<(Operation, Refusal)>,
    /// Operations over which somebody else wrote, until the person chose.
    conflicts: Vec<parked::Clash>,
    /// What the device must be told.
    to_device: Vec<ToDevice>,
    /// Versions that our own writes made.
    ours: BTreeMap<At, u32>,
    failures: u32,
    retry_at: u64,
    why: Option<Failure>,
}

impl Outbox {
    /// Records a gesture; it becomes due `rest` milliseconds later. Gives the operation to keep on
    /// the device, under its id, before anything is sent. A text that was never sent is replaced.
    pub fn record(
        &mut self,
        at: At,
        gesture: Gesture,
        seen: u32,
        (now, rest): (u64, u64),
        new_id: impl FnOnce() -> String,
    ) -> Operation {
        let due = now + rest;
        // What waits before it goes before it.
        let mut here: Vec<&mut Entry> =
            self.entries.iter_mut().filter(|entry| entry.operation.at == at).collect();
        for entry in &mut here {
            entry.due = entry.due.min(due);
        }
        let last = here.pop();
        // Saying that a text is right does not take the place of the text.
        let replaceable = last.filter(|entry| {
            !entry.sent && (gesture != Gesture::Confirm || entry.operation.gesture == gesture)
        });
        if let Some(entry) = replaceable {
            entry.operation.gesture = gesture;
            entry.operation.seen = entry.operation.seen.max(seen);
            entry.due = due;
            return entry.operation.clone();
        }
        let operation = Operation { id: new_id(), at, gesture, seen };
        let entry = Entry { operation, due, sent: false, flying: false, shown: true };
        let operation = entry.operation.clone();
        self.entries.push(entry);
        operation
    }

    /// Takes back what an earlier visit left on the device, in the order it was made. It goes before
    /// what was typed meanwhile. What was parked is not sent again: it waits for the person.
    pub fn restore<L: Into<Left>>(&mut self, left: impl IntoIterator<Item = L>) {
        let mut earlier = Vec::new();
        for Left { operation, parked } in left.into_iter().map(Into::into) {
            let id = &operation.id;
            let waits = self.entries.iter().chain(&earlier).any(|e: &Entry| e.operation.id == *id);
            if waits || self.is_parked(id) {
                continue;
            }
            let typed_over = |e: &&mut Entry| e.operation.at == operation.at;
            // The field shows the last text, and only that.
            earlier.iter_mut().filter(typed_over).for_each(|entry| entry.shown = false);
            let typed = self.entries.iter().any(|entry| entry.operation.at == operation.at);
            match parked {
                Some(Reason::Refused(why)) => self.parked.push((operation, why)),
                Some(why @ Reason::Conflict { .. }) => self.clash(operation, why, !typed),
                None => {
                    self.hide(&operation.at);
                    let (sent, flying) = (true, false);
                    earlier.push(Entry { operation, due: 0, sent, flying, shown: !typed });
                }
            }
        }
        self.entries.splice(0..0, earlier);
    }

    /// Takes over what another tab of this device left when it went away. All were typed on one
    /// device, and the clock that made their ids orders them.
    pub fn take_over(&mut self, left: Vec<Left>) {
        self.restore(left);
        self.entries.sort_by(|one, other| one.operation.id.cmp(&other.operation.id));
    }

    /// Somebody typed here in another tab: what is typed here next is another text, with a later id.
    pub fn typed_elsewhere(&mut self, at: &At) {
        for entry in self.entries.iter_mut().filter(|entry| entry.operation.at == *at) {
            entry.sent = true;
        }
    }

    /// Whether an operation waits here, for the network or for the person.
    pub fn knows(&self, id: &str) -> bool {
        self.entries.iter().any(|entry| entry.operation.id == id) || self.is_parked(id)
    }

    /// Makes everything due now: the person left the field, the step or the page.
    pub fn hurry(&mut self) {
        for entry in &mut self.entries {
            entry.due = 0;
        }
    }

    /// Everything waiting is tried again at once: the network is back, or somebody signed in.
    pub fn retry_now(&mut self) {
        self.retry_at = 0;
        self.hurry();
    }

    /// Whoever was to send what was taken is gone: it may be taken again, at once.
    pub fn ask_again(&mut self) {
        for entry in &mut self.entries {
            entry.flying = false;
        }
        self.retry_at = 0;
    }

    /// What to send now; `None` while a request is out, nothing is due, or the last try failed too
    /// recently. At most one operation per answer, oldest first, so that replies never overtake.
    pub fn take(&mut self, now: u64) -> Option<Vec<Operation>> {
        if now < self.retry_at || self.entries.iter().any(|entry| entry.flying) {
            return None;
        }
        let (mut taken, mut text): (Vec<Operation>, usize) = (Vec::new(), 0);
        for entry in &mut self.entries {
            let at = &entry.operation.at;
            if entry.due > now || taken.iter().any(|op| op.at == *at) {
                continue;
            }
            text += entry.len();
            if taken.len() == MOST || (text > MOST_TEXT && !taken.is_empty()) {
                break;
            }
            entry.send(&self.ours);
            entry.flying = true;
            taken.push(entry.operation.clone());
        }
        (!taken.is_empty()).then_some(taken)
    }

    /// Last words when the page goes away: everything that is not acknowledged. The page may come
    /// back and the words may have arrived: from here on they are sent, and never change again.
    pub fn last_words(&mut self) -> Vec<Operation> {
        self.entries
            .iter_mut()
            .map(|entry| {
                entry.send(&self.ours);
                entry.operation.clone()
            })
            .collect()
    }

    /// The server answered. Gives what to show; [`Outbox::to_device`] says what leaves the device.
    pub fn answered(&mut self, outcomes: &[Outcome]) -> Vec<News> {
        self.failures = 0;
        self.retry_at = 0;
        self.why = None;
        let mut news = Vec::new();
        for outcome in outcomes {
            let found = self.entries.iter().position(|entry| entry.operation.id == outcome.id);
            let Some(entry) = found.map(|index| self.entries.remove(index)) else { continue };
            let at = outcome.at.clone();
            match &outcome.verdict {
                Verdict::Saved { version } => {
                    self.settle(&entry);
                    self.to_device.push(ToDevice::Release(outcome.id.clone()));
                    self.ours.insert(at.clone(), *version);
                    news.push(News::Saved { at, version: *version });
                }
                Verdict::Merged { raw, version, own } => {
                    self.settle(&entry);
                    self.to_device.push(ToDevice::Release(outcome.id.clone()));
                    // What was typed meanwhile was typed over the text as it was.
                    self.ours.insert(at.clone(), *own);
                    let (raw, version, own) = (raw.clone(), *version, *own);
                    news.push(if self.waits(&at) || !entry.shown {
                        News::Saved { at, version: own }
                    } else {
                        News::Merged { at, raw, version, own }
                    });
                }
                Verdict::Conflict { raw, version, by } => {
                    let (theirs, version, by) = (raw.clone(), *version, by.clone());
                    self.settle(&entry);
                    self.park_conflict(entry, theirs.clone(), version, by.clone());
                    news.push(News::Conflict { at, theirs, version, by });
                }
                Verdict::Refused(why) => self.park_refused(entry.operation, *why),
            }
        }
        for entry in &mut self.entries {
            entry.flying = false;
        }
        news
    }

    /// The request failed as a whole: everything stays, and is tried again after a while.
    pub fn failed(&mut self, why: Failure, now: u64) {
        for entry in &mut self.entries {
            entry.flying = false;
        }
        self.failures += 1;
        let wait = (500_u64 << self.failures.min(6)).min(LONGEST_WAIT);
        self.retry_at = now + wait;
        self.why = Some(why);
    }

    /// When to look again, in milliseconds of the same clock; `None` when nothing waits.
    pub fn wake_at(&self) -> Option<u64> {
        if matches!(self.why, Some(Failure::Closed | Failure::Ended)) {
            return None;
        }
        self.entries.iter().map(|entry| entry.due).min().map(|due| due.max(self.retry_at))
    }

    /// What the line of state says.
    pub fn status(&self) -> Status {
        match (self.entries.len(), self.why) {
            (0, why) if why != Some(Failure::Ended) => Status::Saved,
            (_, None) => Status::Sending,
            (count, Some(why)) => Status::Waiting { count, why },
        }
    }

    /// Whether a text of this place is not acknowledged.
    pub fn waits(&self, at: &At) -> bool {
        self.entries.iter().any(|entry| entry.operation.at == *at)
    }

    /// Everything that is not acknowledged.
    pub fn unacknowledged(&self) -> Vec<Operation> {
        self.entries.iter().map(|entry| entry.operation.clone()).collect()
    }
}

impl Entry {
    /// About to be sent: what was typed over our own write has seen it.
    fn send(&mut self, ours: &BTreeMap<At, u32>) {
        let ours = ours.get(&self.operation.at).copied().unwrap_or(0);
        self.operation.seen = self.operation.seen.max(ours);
        self.sent = true;
    }

    fn len(&self) -> usize {
        match &self.operation.gesture {
            Gesture::Write(raw) => raw.len(),
            Gesture::Confirm => 0,
        }
    }
}

#[cfg(test)]
mod tests;
