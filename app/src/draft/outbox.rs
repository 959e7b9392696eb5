//! What waits to be sent, as a plain state machine: no browser, no clock, no network. Whoever holds
//! it writes each operation to the device first, then sends what [`Outbox::take`] gives, then tells
//! it what came back.

use std::collections::BTreeMap;

use dossier::operation::{Gesture, Operation, Outcome, Refusal, Verdict};
use form::At;

/// Rest after the last key before an answer is sent, in milliseconds.
pub const REST: u64 = 600;
/// Longest wait between two tries, in milliseconds.
const LONGEST_WAIT: u64 = 30_000;
/// Most operations in one request.
const MOST: usize = 100;

/// Why a request failed as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failure {
    /// No answer: no network, or the server restarts.
    Unreachable,
    /// The session ended: sign in again, nothing is lost.
    SignedOut,
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
    /// Once sent, the server may have applied it: its text and its `seen` never change again.
    sent: bool,
    flying: bool,
}

/// The operations that the server has not acknowledged.
#[derive(Clone, Debug, Default)]
pub struct Outbox {
    entries: Vec<Entry>,
    /// Refused operations, kept so that their text can be shown.
    parked: Vec<(Operation, Refusal)>,
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
        let replaceable =
            self.entries.iter_mut().find(|entry| entry.operation.at == at && !entry.sent);
        if let Some(entry) = replaceable {
            entry.operation.gesture = gesture;
            entry.operation.seen = entry.operation.seen.max(seen);
            entry.due = due;
            return entry.operation.clone();
        }
        let operation = Operation { id: new_id(), at, gesture, seen };
        self.entries.push(Entry { operation: operation.clone(), due, sent: false, flying: false });
        operation
    }

    /// Takes back operations that an earlier visit left on the device.
    pub fn restore(&mut self, operations: impl IntoIterator<Item = Operation>) {
        for operation in operations {
            if self.entries.iter().all(|entry| entry.operation.id != operation.id) {
                self.entries.push(Entry { operation, due: 0, sent: true, flying: false });
            }
        }
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

    /// What to send now; `None` while a request is out, nothing is due, or the last try failed too
    /// recently. At most one operation per answer, oldest first, so that replies never overtake.
    pub fn take(&mut self, now: u64) -> Option<Vec<Operation>> {
        if now < self.retry_at || self.entries.iter().any(|entry| entry.flying) {
            return None;
        }
        let mut taken: Vec<Operation> = Vec::new();
        for entry in &mut self.entries {
            let at = &entry.operation.at;
            if entry.due > now || taken.len() == MOST || taken.iter().any(|op| op.at == *at) {
                continue;
            }
            if !entry.sent {
                let ours = self.ours.get(at).copied().unwrap_or(0);
                entry.operation.seen = entry.operation.seen.max(ours);
            }
            entry.sent = true;
            entry.flying = true;
            taken.push(entry.operation.clone());
        }
        (!taken.is_empty()).then_some(taken)
    }

    /// The server answered. Gives what to show; acknowledged operations may leave the device.
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
                    self.ours.insert(at.clone(), *version);
                    news.push(News::Saved { at, version: *version });
                }
                Verdict::Conflict { raw, version, by } => news.push(News::Conflict {
                    at,
                    theirs: raw.clone(),
                    version: *version,
                    by: by.clone(),
                }),
                Verdict::Refused(why) => self.parked.push((entry.operation, *why)),
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
        if self.why == Some(Failure::Closed) {
            return None;
        }
        self.entries.iter().map(|entry| entry.due).min().map(|due| due.max(self.retry_at))
    }

    /// What the line of state says.
    pub fn status(&self) -> Status {
        match (self.entries.len(), self.why) {
            (0, _) => Status::Saved,
            (_, None) => Status::Sending,
            (count, Some(why)) => Status::Waiting { count, why },
        }
    }

    /// Operations that the server refused, with their text.
    pub fn parked(&self) -> &[(Operation, Refusal)] {
        &self.parked
    }

    /// Everything that is not acknowledged, for a last message when the page goes away.
    pub fn unacknowledged(&self) -> Vec<Operation> {
        self.entries.iter().map(|entry| entry.operation.clone()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn write(outbox: &mut Outbox, field: &str, text: &str, now: u64) -> Operation {
        let id = format!("op-{field}-{text}");
        outbox.record(At::once(field), Gesture::Write(text.into()), 0, (now, REST), || id)
    }

    fn saved(operation: &Operation, version: u32) -> Outcome {
        let (id, at) = (operation.id.clone(), operation.at.clone());
        Outcome { id, at, verdict: Verdict::Saved { version } }
    }

    #[test]
    fn keys_are_gathered_until_a_rest() {
        let mut outbox = Outbox::default();
        write(&mut outbox, "a", "1", 0);
        write(&mut outbox, "a", "12", 100);
        assert_eq!(outbox.take(650), None);
        let sent = outbox.take(700).unwrap();
        assert_eq!(sent.len(), 1);
        assert_eq!(sent[0].gesture, Gesture::Write("12".into()));
        assert_eq!(outbox.take(9_999), None, "one request at a time");
    }

    #[test]
    fn what_is_typed_during_a_request_waits_and_builds_on_it() {
        let mut outbox = Outbox::default();
        write(&mut outbox, "a", "1", 0);
        let first = outbox.take(600).unwrap();
        write(&mut outbox, "a", "12", 700);
        assert_eq!(outbox.answered(&[saved(&first[0], 1)]).len(), 1);
        let second = outbox.take(1_300).unwrap();
        assert_eq!((second[0].seen, second[0].id == first[0].id), (1, false));
        outbox.answered(&[saved(&second[0], 2)]);
        assert_eq!(outbox.status(), Status::Saved);
    }

    #[test]
    fn a_lost_reply_sends_the_same_operation_again() {
        let mut outbox = Outbox::default();
        write(&mut outbox, "a", "1", 0);
        let first = outbox.take(600).unwrap();
        outbox.failed(Failure::Unreachable, 600);
        write(&mut outbox, "a", "12", 700);
        assert_eq!(outbox.take(1_400), None, "backs off");
        let again = outbox.take(1_600).unwrap();
        assert_eq!(again, first);
        assert!(matches!(outbox.status(), Status::Waiting { count: 2, why: Failure::Unreachable }));
        outbox.answered(&[saved(&again[0], 1)]);
        assert_eq!(outbox.take(1_700).unwrap()[0].gesture, Gesture::Write("12".into()));
    }

    #[test]
    fn a_refused_operation_is_parked_and_stops_nothing() {
        let mut outbox = Outbox::default();
        write(&mut outbox, "a", "1", 0);
        write(&mut outbox, "b", "2", 0);
        let sent = outbox.take(600).unwrap();
        let (id, at) = (sent[0].id.clone(), sent[0].at.clone());
        let refused = Outcome { id, at, verdict: Verdict::Refused(Refusal::TooLong) };
        outbox.answered(&[refused, saved(&sent[1], 1)]);
        assert_eq!(outbox.parked().len(), 1);
        assert_eq!(outbox.status(), Status::Saved);
    }

    #[test]
    fn a_choice_made_over_a_newer_version_is_sent_over_it() {
        let mut outbox = Outbox::default();
        write(&mut outbox, "a", "1", 0);
        let write = Gesture::Write("mine".into());
        outbox.record(At::once("a"), write, 7, (10, 0), || "unused".into());
        assert_eq!(outbox.take(10).unwrap()[0].seen, 7);
    }

    #[test]
    fn an_earlier_visit_is_taken_back_once() {
        let mut outbox = Outbox::default();
        let operation = write(&mut Outbox::default(), "a", "1", 0);
        outbox.restore([operation.clone(), operation.clone()]);
        assert_eq!(outbox.take(0), Some(vec![operation]));
    }

    #[test]
    fn waits_grow_to_half_a_minute() {
        let mut outbox = Outbox::default();
        write(&mut outbox, "a", "1", 0);
        for _ in 0..10 {
            outbox.failed(Failure::Unreachable, 0);
        }
        assert_eq!(outbox.wake_at(), Some(LONGEST_WAIT));
        outbox.retry_now();
        assert!(outbox.take(0).is_some());
    }
}
