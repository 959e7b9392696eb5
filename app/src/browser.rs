//! The wizard in the browser: takes over the page that the server sent, listens to its one form,
//! keeps every gesture on the device, then sends it.

mod device;
mod grid;
mod ids;
mod listen;
mod lock;
mod page;
mod presence;
mod sync;
mod tabs;

use std::{cell::Cell, rc::Rc, sync::Arc};

use dossier::form::Form;
use form::{Answers, At};
use leptos::{mount::hydrate_from, prelude::*};
use serde::de::DeserializeOwned;
use wasm_bindgen::JsCast;

use crate::{
    draft::{Draft, Opening},
    wizard::Wizard,
};

/// Takes over the page, if it is a step of the wizard that follows this form (JSON). Whatever fails
/// leaves a page that works by plain form posts.
pub fn start(form: &str) {
    let Some((root, opening, answers)) = found() else { return };
    let Some(form) = serde_json::from_str(form).ok().and_then(Form::read) else { return };
    // A fault ends the programme: the person is told, and everything is kept.
    std::panic::set_hook(Box::new(|_| page::show_fault()));
    let opened = Rc::new(Cell::new(None));
    let opens = Rc::clone(&opened);
    let handle = hydrate_from(root, move || {
        let draft = Draft::open(form, opening, Arc::new(answers), None);
        opens.set(Some(draft));
        view! { <Wizard draft /> }
    });
    handle.forget();
    // Once the views are whole: a page that could not be taken over is not said to be live.
    let Some(draft) = opened.take() else { return };
    request_animation_frame(move || {
        let sync = sync::Sync::start(draft);
        listen::start(draft, sync.clone());
        presence::Presence::start(draft, sync);
    });
}

fn found() -> Option<(web_sys::HtmlElement, Opening, Answers)> {
    let root = document().get_element_by_id("wizard")?.dyn_into().ok()?;
    let mut opening: Opening = embedded("ouverture")?;
    let mut answers: Answers = embedded("reponses")?;
    for (at, provenance) in std::mem::take(&mut opening.provenances) {
        answers.set_provenance(&At::parse(&at), provenance);
    }
    Some((root, opening, answers))
}

/// What the page carries for this programme under this id.
fn embedded<T: DeserializeOwned>(id: &str) -> Option<T> {
    serde_json::from_str(&document().get_element_by_id(id)?.text_content()?).ok()
}
