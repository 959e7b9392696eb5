//! What the page shows of answers and of what became of them.

use dossier::operation::{Gesture, Operation};
use form::{At, Provenance, Standing, row};
use leptos::prelude::*;

use super::Sync;
use crate::{
    browser::page,
    draft::{
        Conflict,
        outbox::{Left, News, Reason, Status},
    },
    exchange::Changed,
};

impl Sync {
    /// Puts a text in the controls of its question, as an input opens with it.
    pub(super) fn show_text(&self, at: &At, raw: &str) {
        let kind = self.draft.revision().place(&at.field).map(|place| &place.field.kind);
        page::write(at, &kind.map_or_else(|| raw.to_owned(), |kind| kind.edit(raw)));
    }

    /// Shows what was done in another tab.
    pub(super) fn show_gesture(&self, at: &At, gesture: &Gesture) {
        self.apply(at, gesture);
        if let Gesture::Write(raw) = gesture {
            self.show_text(at, raw);
        }
    }

    /// Shows what others wrote, except where the person is writing; gives what is left for later.
    pub fn bring(&self, changed: Vec<Changed>) -> Vec<Changed> {
        let known = |one: &Changed| {
            self.draft.answers.with_untracked(|a| a.at(&one.at).map_or(0, |answer| answer.version))
        };
        let new: Vec<Changed> =
            changed.into_iter().filter(|one| one.version > known(one)).collect();
        let (later, shown): (Vec<_>, Vec<_>) =
            new.into_iter().partition(|one| self.is_held(&one.at));
        let shown: Vec<Changed> = shown
            .into_iter()
            .filter(|one| {
                let differs = self.stands(&one.at) != one.raw;
                if !differs {
                    self.is_now(&one.at, one.version);
                }
                differs
            })
            .collect();
        if shown.is_empty() {
            return later;
        }
        let places: Vec<&At> = shown.iter().map(|one| &one.at).collect();
        self.draft.amend(&places, |answers| {
            for Changed { at, raw, version, .. } in &shown {
                let mut answer = answers.at(at).cloned().unwrap_or_default();
                if let Some(from) = &mut answer.provenance {
                    from.standing = self.standing(at, from, &Gesture::Write(raw.clone()));
                }
                (answer.raw, answer.version) = (raw.clone(), *version);
                answers.put(at.clone(), answer);
            }
        });
        self.follow();
        for one in &shown {
            self.show_text(&one.at, &one.raw);
        }
        let of_others = shown.into_iter().filter(|one| !one.by.is_empty() && page::holds(&one.at));
        let of_others: Vec<Changed> = of_others.collect();
        if !of_others.is_empty() {
            self.draft.brought.set(of_others);
        }
        later
    }

    /// Whether an answer is the person's own matter for now: the cursor is in it, a text of theirs is
    /// not on the server yet, or two values wait for a choice.
    fn is_held(&self, at: &At) -> bool {
        let inner = self.inner.borrow();
        let clashes = || inner.outbox.conflicts().any(|(left, _)| left.operation.at == *at);
        page::has_cursor(at)
            || self.draft.conflicts.with_untracked(|c| c.contains_key(&at.to_string()))
            || clashes()
            || inner.outbox.waits(at)
    }

    /// The server has the present answer as this version.
    pub(super) fn is_now(&self, at: &At, version: u32) {
        self.draft.amend(&[at], |answers| {
            if let Some(mut answer) = answers.at(at).cloned() {
                answer.version = version;
                answers.put(at.clone(), answer);
            }
        });
    }

    pub(super) fn show(&self, news: News) {
        match news {
            News::Saved { at, version } => {
                self.settled(&at);
                self.is_now(&at, version);
            }
            News::Merged { at, raw, version, own } => {
                self.settled(&at);
                self.is_now(&at, own);
                self.inner.borrow_mut().merged.push((at.clone(), raw, version));
                self.show_merged(&at);
            }
            News::Conflict { at, theirs, version, by } => {
                self.unmerged(&at);
                self.draft.conflicts.update(|conflicts| {
                    conflicts.insert(at.to_string(), Conflict { theirs, version, by });
                });
            }
        }
    }

    /// What was written over the other value, or together with it, was so knowingly.
    fn settled(&self, at: &At) {
        self.unmerged(at);
        let settled = at.to_string();
        if self.draft.conflicts.with_untracked(|c| c.contains_key(&settled)) {
            self.draft.conflicts.update(|conflicts| {
                conflicts.remove(&settled);
            });
        }
    }

    fn unmerged(&self, at: &At) -> Option<(At, String, u32)> {
        let merged = &mut self.inner.borrow_mut().merged;
        let place = merged.iter().position(|(place, ..)| place == at)?;
        Some(merged.swap_remove(place))
    }

    /// Shows what somebody else wrote in the same text: never under the cursor, never over what was
    /// typed since.
    pub fn show_merged(&self, at: &At) {
        if page::has_cursor(at) || self.inner.borrow().outbox.waits(at) {
            return;
        }
        let here = self.draft.answers.with_untracked(|a| a.at(at).map_or(0, |a| a.version));
        // Unless something newer came meanwhile.
        if let Some((_, raw, version)) = self.unmerged(at).filter(|(.., version)| *version > here) {
            self.show_text(at, &raw);
            self.apply(at, &Gesture::Write(raw));
            self.is_now(at, version);
        }
    }

    pub(super) fn show_status(&self) {
        let inner = self.inner.borrow();
        // What was typed in another tab shows here too, and is no more saved than there.
        let elsewhere = inner.others.waiting.len();
        let status = match (inner.outbox.status(), inner.others.why) {
            (Status::Waiting { count, why }, _) => {
                Status::Waiting { count: count + elsewhere, why }
            }
            (Status::Saved, Some(why)) if elsewhere > 0 => {
                Status::Waiting { count: elsewhere, why }
            }
            (Status::Saved, None) if elsewhere > 0 => Status::Sending,
            (status, _) => status,
        };
        // A text that its field does not show, or that the server refused.
        let unseen = inner.outbox.conflicts().filter(|(_, shown)| !shown);
        let unseen = unseen.map(|(left, _)| &left.operation);
        let refused = inner.outbox.parked().iter().map(|(operation, _)| operation);
        let parked: Vec<Operation> = refused.chain(unseen).cloned().collect();
        drop(inner);
        if self.draft.status.get_untracked() != status {
            self.draft.status.set(status);
        }
        if self.draft.parked.with_untracked(|shown| *shown != parked) {
            self.draft.parked.set(parked);
        }
    }

    /// Shows what an earlier visit typed and could not send.
    pub(super) fn show_again(&self, Left { operation, parked }: &Left) {
        match parked {
            // It waits in the tray.
            Some(Reason::Refused(_)) => return,
            Some(Reason::Conflict { theirs, version, by }) => {
                let (at, theirs) = (operation.at.clone(), theirs.clone());
                self.show(News::Conflict { at, theirs, version: *version, by: by.clone() });
            }
            None => {}
        }
        self.apply(&operation.at, &operation.gesture);
        if let Gesture::Write(raw) = &operation.gesture {
            page::write(&operation.at, raw);
            // Typed over what stood then: whoever goes on from here has seen no more than that.
            self.is_now(&operation.at, operation.seen);
        }
    }

    pub(super) fn apply(&self, at: &At, gesture: &Gesture) {
        self.draft.amend(&[at], |answers| {
            let mut answer = answers.at(at).cloned().unwrap_or_default();
            if let Gesture::Write(raw) = gesture {
                answer.raw.clone_from(raw);
            }
            if let Some(from) = &mut answer.provenance {
                from.standing = self.standing(at, from, gesture);
            }
            answers.put(at.clone(), answer);
        });
        self.follow();
    }

    /// Rules, totals and conditions follow at the next frame, once for all that changed until then:
    /// the device and the next key come first.
    fn follow(&self) {
        if !self.behind.replace(true) {
            let sync = self.clone();
            request_animation_frame(move || {
                sync.behind.set(false);
                sync.draft.answers.notify();
            });
        }
    }

    pub(super) fn standing(&self, at: &At, from: &Provenance, gesture: &Gesture) -> Standing {
        let Gesture::Write(raw) = gesture else { return Standing::Confirmed };
        let kind = self.draft.revision().place(&at.field).map(|place| &place.field.kind);
        let same = match kind {
            Some(kind) => kind.same(raw, &from.value),
            None => row::is_here(raw) == row::is_here(&from.value),
        };
        if same { Standing::Confirmed } else { Standing::Overridden }
    }
}
