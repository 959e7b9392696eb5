//! Listens to the one form of the page. Three events bubble from every control, so no control has a
//! handler of its own.

use dossier::operation::Gesture;
use form::{At, ROW_HERE};
use gloo_timers::callback::Timeout;
use leptos::{ev, leptos_dom::helpers::window_event_listener, prelude::*};
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{Element, Event, HtmlElement, SubmitEvent};

use super::{grid, ids::new_id, page, sync::Sync};
use crate::{draft::Draft, routes};

/// Longer than a click, in milliseconds.
const AFTER_CLICK: u32 = 300;

/// Starts listening, and takes in what was typed before.
pub fn start(draft: Draft, sync: Sync) {
    let Some(form) = page::form() else { return };
    for control in page::all_controls() {
        if page::was_touched(&control) {
            typed(&sync, &control, true);
        }
    }
    let typing = sync.clone();
    on(&form, "input", move |event| {
        if let Some(control) = target(event) {
            if let Some(at) = page::question_of(&control) {
                quiet_while_typing(draft, &at);
            }
            typed(&typing, &control, true);
        }
    });
    let choosing = sync.clone();
    on(&form, "change", move |event| {
        if let Some(control) = target(event) {
            typed(&choosing, &control, false);
        }
    });
    let leaving = sync.clone();
    on(&form, "focusout", move |event| {
        if let Some(at) = target(event).and_then(|control| page::question_of(&control)) {
            let sync = leaving.clone();
            // A sentence that appears moves what is below: not while it is being clicked.
            Timeout::new(AFTER_CLICK, move || {
                sync.show_merged(&at);
                draft.left.update(|left| {
                    left.insert(at);
                });
            })
            .forget();
            leaving.hurry();
        }
    });
    let submitting = sync.clone();
    on(&form, "submit", move |event| {
        let submit = event.unchecked_ref::<SubmitEvent>();
        let button = submit.submitter();
        let told =
            |name: &str| button.as_ref().and_then(|b| b.get_attribute(name)).unwrap_or_default();
        if pressed(draft, &submitting, &told("name"), &told("value")) {
            event.prevent_default();
        }
    });
    grid::listen(&form, draft, &sync);
    // The line of state is no part of the form: its buttons would be what Enter does.
    let line = sync.clone();
    if let Some(state) = page::element("etat") {
        on(&state, "click", move |event| {
            let button = target(event).and_then(|e| e.closest("button[name]").ok().flatten());
            let told = |name: &str| {
                button.as_ref().and_then(|button| button.get_attribute(name)).unwrap_or_default()
            };
            pressed(draft, &line, &told("name"), &told("value"));
        });
    }
    watch_page(sync);
    // Says that the page is live, to whoever watches it.
    if let Some(root) = document().get_element_by_id("wizard") {
        let _ = root.set_attribute("data-live", "");
    }
}

fn watch_page(sync: Sync) {
    let hiding = sync.clone();
    let hidden = Closure::<dyn FnMut()>::new(move || {
        if document().hidden() {
            hiding.hide();
        } else {
            hiding.retry();
        }
    });
    let added = document()
        .add_event_listener_with_callback("visibilitychange", hidden.as_ref().unchecked_ref());
    debug_assert!(added.is_ok());
    hidden.forget();
    let online = sync.clone();
    let _ = window_event_listener(ev::online, move |_| online.retry());
    let back = sync.clone();
    let _ = window_event_listener(ev::Custom::<Event>::new("reconnecte"), move |_| back.retry());
    let _ = window_event_listener(ev::pagehide, move |_| sync.beacon());
}

/// What a button does. Gives whether it was done here; otherwise the form is posted.
fn pressed(draft: Draft, sync: &Sync, name: &str, value: &str) -> bool {
    match (name, value) {
        ("_confirmer", "_etape") => confirm_step(draft, sync),
        ("_confirmer", at) => sync.record(At::parse(at), Gesture::Confirm, false),
        ("_garder", key) => sync.choose(key, true),
        ("_prendre", key) => sync.choose(key, false),
        ("_ajouter", table) => {
            let row = new_id();
            sync.write_all(vec![(At::in_row(table, &row), ROW_HERE.into())]);
            focus_row(draft, table, &row);
        }
        ("_retirer", at) => {
            sync.write_all(vec![(At::parse(at), String::new())]);
            page::focus(&At::parse(at).field);
        }
        ("_monter" | "_descendre", mark) => move_row(draft, sync, mark, name == "_monter"),
        ("_coller", answer) => grid::settle(draft, sync, answer == "oui"),
        ("_oublier", id) => sync.let_go(id),
        ("_defaire", _) => sync.undo(),
        ("_refaire", _) => sync.redo(),
        ("_joindre", at) => {
            let id = draft.opening.with_value(|opening| opening.dossier.clone());
            sync.leave_for(routes::document(&id, &At::parse(at)));
        }
        ("_enregistrer", "rester") => sync.hurry(),
        ("_enregistrer", "continuer") => sync.leave_for(next_page(draft)),
        _ => return false,
    }
    true
}

/// The page after this step.
fn next_page(draft: Draft) -> String {
    let (dossier, here) = draft.opening.with_value(|o| (o.dossier.clone(), o.section.clone()));
    let sections = draft.sections();
    let mut after = sections.iter().skip_while(|s| s.id != here).skip(1);
    after.next().map_or_else(|| draft.after_all(), |next| routes::step(&dossier, &next.id))
}

/// Confirms every pre-filled value of the step.
fn confirm_step(draft: Draft, sync: &Sync) {
    let Some(section) = draft.section() else { return };
    let waiting = draft.answers.with_untracked(|answers| section.to_confirm(answers));
    for at in waiting {
        sync.record(at, Gesture::Confirm, false);
    }
}

/// Moves a row one place, and keeps the focus where it is: its elements move with it.
pub fn move_row(draft: Draft, sync: &Sync, mark: &str, up: bool) {
    let at = At::parse(mark);
    let here = document().active_element().and_then(|element| element.dyn_into().ok());
    sync.write_all(draft.answers.with_untracked(|answers| answers.moved_row(&at, up)));
    let row = format!("rang-{mark}");
    request_animation_frame(move || {
        // First the row, which keeps it when the button is none any more: this is the end.
        page::focus(&row);
        let _ = here.map(|here: HtmlElement| here.focus());
    });
}

fn focus_row(draft: Draft, table: &str, row: &str) {
    let first = draft.revision().table(table).and_then(|table| table.columns.first());
    if let Some(first) = first {
        let id = At::in_row(&first.id, row).to_string();
        request_animation_frame(move || page::focus(&id));
    }
}

/// A mistake that is not on screen does not appear while the person is typing.
fn quiet_while_typing(draft: Draft, at: &At) {
    let shown = draft.left.with_untracked(|left| left.contains(at))
        && untrack(|| draft.problem(at).is_some());
    if !shown && draft.left.with_untracked(|left| left.contains(at)) {
        draft.left.update(|left| {
            left.remove(at);
        });
    }
}

fn typed(sync: &Sync, control: &Element, rest: bool) {
    let Some(at) = page::question_of(control) else { return };
    let Some(raw) = page::raw_of(control, &at) else { return };
    sync.wrote(at, raw, rest);
}

pub fn target(event: &Event) -> Option<Element> {
    event.target()?.dyn_into().ok()
}

pub fn on(element: &HtmlElement, name: &str, mut react: impl FnMut(&Event) + 'static) {
    let listener = Closure::<dyn FnMut(Event)>::new(move |event: Event| react(&event));
    let added = element.add_event_listener_with_callback(name, listener.as_ref().unchecked_ref());
    debug_assert!(added.is_ok());
    listener.forget();
}
