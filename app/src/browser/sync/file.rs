//! A draft file that the person opened, on the page before this one: merged here, where what waits
//! on the device is known, also without network.

use dossier::{
    draft_file::{DraftFile, Foreign, Merge},
    operation::Gesture,
};
use leptos::prelude::*;

use super::Sync;
use crate::{
    browser::{ids::new_id, page, tabs::letter},
    draft::{
        file,
        outbox::{Left, Reason},
    },
};

impl Sync {
    /// Merges the file, if there is one, once the store of the device is open.
    pub(super) async fn open_file(&self, dossier: &str) {
        let key = format!("copie:{dossier}");
        let Ok(Some(storage)) = window().session_storage() else { return };
        let Ok(Some(text)) = storage.get_item(&key) else { return };
        let form = self.draft.revision();
        let read = serde_json::from_str::<DraftFile>(&text).map_err(|_| Foreign::Unreadable);
        let checked = read.and_then(|file| file.check(dossier, form).map(|()| file));
        let said = match checked {
            Err(why) => file::refused(why).to_owned(),
            Ok(copy) => {
                let merge =
                    self.draft.answers.with_untracked(|answers| copy.merge(form, answers, new_id));
                let said = file::told(form, &merge);
                self.lay(merge).await;
                said
            }
        };
        page::note(&said);
        // Only now: what it brought is on the device.
        let _ = storage.remove_item(&key);
    }

    /// Its operations become those of this device, as if they had been typed here at the time.
    async fn lay(&self, merge: Merge) {
        let mut changes = Vec::new();
        let mut left: Vec<Left> = Vec::new();
        let waiting = self.inner.borrow().outbox.unacknowledged();
        for operation in merge.operations {
            if waiting.iter().any(|other| other.id == operation.id) {
                continue;
            }
            let at = &operation.at;
            let here = waiting.iter().any(|other| other.at == *at);
            let parked = here.then(|| {
                // Both wait to be sent: the person decides, the field keeps what was typed in it.
                let (theirs, version) = (self.stands(at), operation.seen);
                Reason::Conflict { theirs, version, by: String::new() }
            });
            if let (Gesture::Write(raw), false) = (&operation.gesture, here) {
                changes.push(self.change(at, raw));
            }
            left.push(Left { operation, parked });
        }
        self.draft.changes.update(|gestures| gestures.made(changes));
        let device = self.inner.borrow().device.clone();
        for one in &left {
            if let Some(device) = &device {
                device.keep(one).await;
            }
            if one.parked.is_none() {
                self.tell(letter::DID, &one.operation);
            }
        }
        self.show_left(&left);
        self.inner.borrow_mut().outbox.restore(left);
    }
}
