//! What the person does to answers: shown at once, kept on the device, then sent.

use dossier::operation::Gesture;
use form::At;
use leptos::{prelude::*, task::spawn_local};

use super::Sync;
use crate::{
    browser::{
        ids::{new_id, now},
        tabs::letter,
    },
    draft::{changes::Change, outbox::REST},
};

impl Sync {
    /// Records what a person did to an answer, and shows it.
    pub fn record(&self, at: At, gesture: Gesture, rest: bool) {
        let seen =
            self.draft.answers.with_untracked(|a| a.at(&at).map_or(0, |answer| answer.version));
        self.record_over(at, gesture, rest, seen);
    }

    /// Writes texts that nobody typed here, as one gesture that can be undone.
    pub fn write_all(&self, texts: Vec<(At, String)>) {
        let changes = texts.iter().map(|(at, after)| self.change(at, after)).collect();
        self.draft.changes.update(|gestures| gestures.made(changes));
        self.put_all(texts);
    }

    /// Takes one's own last gesture back.
    pub fn undo(&self) {
        let texts = self.draft.changes.try_update(|gestures| gestures.undo(|at| self.stands(at)));
        self.put_all(texts.unwrap_or_default());
    }

    /// Does it again.
    pub fn redo(&self) {
        let texts = self.draft.changes.try_update(|gestures| gestures.redo(|at| self.stands(at)));
        self.put_all(texts.unwrap_or_default());
    }

    fn put_all(&self, texts: Vec<(At, String)>) {
        for (at, raw) in texts {
            self.show_text(&at, &raw);
            self.record(at, Gesture::Write(raw), false);
        }
    }

    pub(super) fn stands(&self, at: &At) -> String {
        self.draft.answers.with_untracked(|answers| answers.raw(&at.field, &at.row).to_owned())
    }

    pub(super) fn change(&self, at: &At, after: &str) -> Change {
        Change { at: at.clone(), before: self.stands(at), after: after.to_owned() }
    }

    /// Records a typed text, unless it is what stands already.
    pub fn wrote(&self, at: At, raw: String, rest: bool) {
        if self.stands(&at) == raw {
            if !rest {
                self.hurry();
            }
        } else {
            let change = self.change(&at, &raw);
            self.draft.changes.update(|gestures| gestures.typed(change));
            self.record(at, Gesture::Write(raw), rest);
        }
    }

    /// The same, over a version that the person was shown.
    fn record_over(&self, at: At, gesture: Gesture, rest: bool, seen: u32) {
        let when = (now(), if rest { REST } else { 0 });
        let operation =
            self.inner.borrow_mut().outbox.record(at.clone(), gesture.clone(), seen, when, new_id);
        self.tell(letter::DID, &operation);
        let sync = self.clone();
        let device = self.inner.borrow().device.clone();
        spawn_local(async move {
            if let Some(device) = device {
                device.keep(&operation.into()).await;
            }
            sync.turn();
        });
        // The device first: what is shown of it takes longer.
        self.apply(&at, &gesture);
        self.show_status();
    }

    /// Chooses between two values: ours is written over theirs, or theirs is taken.
    pub fn choose(&self, key: &str, ours: bool) {
        let Some(conflict) = self.draft.conflicts.with_untracked(|c| c.get(key).cloned()) else {
            return;
        };
        let at = At::parse(key);
        let mine = self.stands(&at);
        self.draft.conflicts.update(|conflicts| {
            conflicts.remove(key);
        });
        self.draft.amend(&[&at], |answers| {
            let mut answer = answers.at(&at).cloned().unwrap_or_default();
            answer.version = conflict.version;
            answer.raw.clone_from(&conflict.theirs);
            answers.put(at.clone(), answer);
        });
        if ours {
            self.record_over(at, Gesture::Write(mine), false, conflict.version);
        } else {
            self.show_text(&at, &conflict.theirs);
            // Said to the server as a text over theirs: when it stands no more, both show again.
            let theirs = Gesture::Write(conflict.theirs);
            self.record_over(at, theirs, false, conflict.version);
        }
    }
}
