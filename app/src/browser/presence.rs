//! Says from time to time that this page is there; shows who else is and what they changed.

use std::{cell::RefCell, rc::Rc};

use gloo_timers::callback::Timeout;
use leptos::{ev, leptos_dom::helpers::window_event_listener, prelude::*, task::spawn_local};

use super::{
    ids::new_id,
    sync::{Sync, beacon, post},
};
use crate::{
    draft::{Draft, outbox::Failure},
    exchange::{Around, Beat, Changed},
    routes,
};

/// Between two words of a page, in milliseconds: alone, and with somebody else.
const ALONE: u32 = 25_000;
const TOGETHER: u32 = 8_000;
/// How long it is said what others just changed.
const RECENT: u32 = 30_000;

struct Page {
    beat: Beat,
    timer: Option<Timeout>,
    /// Changes that wait until the person leaves the answer.
    later: Vec<Changed>,
}

/// The page that says it is there. A handle.
#[derive(Clone)]
pub struct Presence {
    draft: Draft,
    sync: Sync,
    path: String,
    page: Rc<RefCell<Page>>,
}

impl Presence {
    /// Says it at once, then from time to time while the page is visible.
    pub fn start(draft: Draft, sync: Sync) {
        let (path, beat) = draft.opening.with_value(|opening| {
            let (section, seq, since) = (opening.section.clone(), opening.seq, opening.since);
            (routes::presence(&opening.dossier), Beat { page: new_id(), section, seq, since })
        });
        let page = Rc::new(RefCell::new(Page { beat, timer: None, later: Vec::new() }));
        let presence = Self { draft, sync, path, page };
        let leaving = presence.clone();
        let _ = window_event_listener(ev::pagehide, move |_| {
            let gone = Beat { section: String::new(), ..leaving.page.borrow().beat.clone() };
            beacon(&leaving.path, &gone);
            // Should it be shown again, it is another page: this one went away for good.
            leaving.page.borrow_mut().beat.page = new_id();
        });
        let back = presence.clone();
        let _ = window_event_listener(ev::pageshow, move |_| back.beat());
        let seen = presence.clone();
        let _ = window_event_listener(ev::focus, move |_| seen.beat());
        let online = presence.clone();
        let _ = window_event_listener(ev::online, move |_| online.beat());
        presence.beat();
    }

    fn beat(&self) {
        let presence = self.clone();
        self.page.borrow_mut().timer = None;
        spawn_local(async move {
            if !document().hidden() {
                let beat = presence.page.borrow().beat.clone();
                match post::<Around>(&presence.path, &beat).await {
                    Ok(around) => presence.told(around),
                    Err(Failure::Ended) => return presence.sync.ended(),
                    Err(_) => {}
                }
            }
            let alone = presence.draft.others.with_untracked(Vec::is_empty);
            let next = presence.clone();
            let timer = Timeout::new(if alone { ALONE } else { TOGETHER }, move || next.beat());
            presence.page.borrow_mut().timer = Some(timer);
        });
    }

    fn told(&self, Around { others, seq, since, changed }: Around) {
        let changed = {
            let mut page = self.page.borrow_mut();
            (page.beat.seq, page.beat.since) = (seq, since);
            let mut all = std::mem::take(&mut page.later);
            all.retain(|old| changed.iter().all(|new| new.at != old.at));
            all.extend(changed);
            all
        };
        if self.draft.others.with_untracked(|shown| *shown != others) {
            self.draft.others.set(others);
        }
        let later = self.sync.bring(changed);
        self.page.borrow_mut().later = later;
        let brought = self.draft.brought;
        if !brought.with_untracked(Vec::is_empty) {
            Timeout::new(RECENT, move || brought.set(Vec::new())).forget();
        }
    }
}
