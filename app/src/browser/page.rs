//! Reading and writing the controls of the page.

use form::At;
use leptos::prelude::{document, window};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    Element, Event, HtmlElement, HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement,
};

/// An element by its id.
pub fn element(id: &str) -> Option<HtmlElement> {
    document().get_element_by_id(id)?.dyn_into().ok()
}

/// The form of the step.
pub fn form() -> Option<HtmlElement> {
    element("etape")
}

/// The question that a control answers; `None` for buttons and our own inputs.
pub fn question_of(control: &Element) -> Option<At> {
    let name = control.get_attribute("name")?;
    let typed = !name.starts_with('_') && control.tag_name() != "BUTTON";
    typed.then(|| At::parse(&name))
}

/// The raw text of the question a control answers: its value, the ticked one, or all ticked ones.
pub fn raw_of(control: &Element, at: &At) -> Option<String> {
    if let Some(area) = control.dyn_ref::<HtmlTextAreaElement>() {
        return Some(area.value());
    }
    if let Some(select) = control.dyn_ref::<HtmlSelectElement>() {
        return Some(select.value());
    }
    let input = control.dyn_ref::<HtmlInputElement>()?;
    match input.type_().as_str() {
        "hidden" => None,
        "radio" | "checkbox" => {
            let ticked = controls(at)
                .into_iter()
                .filter_map(|control| control.dyn_into::<HtmlInputElement>().ok())
                .filter(|input| input.type_() != "hidden" && input.checked())
                .map(|input| input.value());
            Some(ticked.collect::<Vec<_>>().join(","))
        }
        _ => Some(input.value()),
    }
}

/// Whether a control holds something else than what the server wrote in the page: typed before the
/// programme was there, or brought back by the browser.
pub fn was_touched(control: &Element) -> bool {
    if let Some(area) = control.dyn_ref::<HtmlTextAreaElement>() {
        return area.default_value().is_ok_and(|written| area.value() != written);
    }
    if let Some(select) = control.dyn_ref::<HtmlSelectElement>() {
        let written = select.query_selector("option[selected]").ok().flatten();
        let written = written.and_then(|o| o.get_attribute("value")).unwrap_or_default();
        return select.value() != written;
    }
    control.dyn_ref::<HtmlInputElement>().is_some_and(|input| match input.type_().as_str() {
        "hidden" => false,
        "radio" | "checkbox" => input.checked() != input.default_checked(),
        _ => input.value() != input.default_value(),
    })
}

/// Every control of the step.
pub fn all_controls() -> Vec<Element> {
    let Some(form) = form() else { return Vec::new() };
    all_in(&form, "input,textarea,select")
}

/// The text inputs of a part of the page, in order.
pub fn inputs_in(part: &Element) -> Vec<HtmlInputElement> {
    all_in(part, "input[type=text]").into_iter().filter_map(|input| input.dyn_into().ok()).collect()
}

/// The elements of a part of the page that a selector of ours names, in order.
pub fn all_in(part: &Element, selector: &str) -> Vec<Element> {
    part.query_selector_all(selector).map(elements).unwrap_or_default()
}

/// The controls of one question.
fn controls(at: &At) -> Vec<Element> {
    let Some(form) = form() else { return Vec::new() };
    // Ids of questions and rows hold no quote.
    let named = format!(":is(input,textarea,select)[name=\"{at}\"]");
    all_in(&form, &named)
}

/// Whether this step shows a question.
pub fn holds(at: &At) -> bool {
    !controls(at).is_empty()
}

/// Whether the cursor is in a question.
pub fn has_cursor(at: &At) -> bool {
    let active = document().active_element();
    active.as_ref().and_then(question_of).is_some_and(|question| question == *at)
}

/// Whether the service worker keeps the pages of this dossier for when there is no network.
pub fn is_kept() -> bool {
    let workers = window().navigator().service_worker();
    // Absent where the address is not secure.
    !workers.is_undefined() && workers.controller().is_some()
}

/// Puts a text in the controls of a question. A text that was selected whole stays so: the next key
/// replaces it, as the person meant.
pub fn write(at: &At, text: &str) {
    let active = document().active_element();
    for control in controls(at) {
        let here = active.as_ref() == Some(&control);
        if let Some(area) = control.dyn_ref::<HtmlTextAreaElement>() {
            let whole =
                here && is_whole(area.selection_start(), area.selection_end(), &area.value());
            area.set_value(text);
            if whole {
                area.select();
            }
        } else if let Some(select) = control.dyn_ref::<HtmlSelectElement>() {
            select.set_value(text);
        } else if let Some(input) = control.dyn_ref::<HtmlInputElement>() {
            match input.type_().as_str() {
                "hidden" => {}
                "radio" | "checkbox" => {
                    input.set_checked(text.split(',').any(|part| part.trim() == input.value()));
                }
                _ => {
                    let (start, end) = (input.selection_start(), input.selection_end());
                    let whole = here && is_whole(start, end, &input.value());
                    input.set_value(text);
                    if whole {
                        input.select();
                    }
                }
            }
        }
    }
}

type Caret = Result<Option<u32>, JsValue>;

fn is_whole(start: Caret, end: Caret, text: &str) -> bool {
    let length = u32::try_from(text.encode_utf16().count()).unwrap_or(u32::MAX);
    length > 0 && matches!((start, end), (Ok(Some(0)), Ok(Some(end))) if end == length)
}

/// Moves the focus to an element by id.
pub fn focus(id: &str) {
    if let Some(element) = element(id) {
        // Focusing fails only on an element that left the page meanwhile.
        let _: Result<(), JsValue> = element.focus();
    }
}

fn elements(list: web_sys::NodeList) -> Vec<Element> {
    (0..list.length()).filter_map(|i| list.item(i)?.dyn_into().ok()).collect()
}

/// Shows that the programme stopped, with what to do.
pub fn show_fault() {
    if let Some(notice) = element("panne") {
        // Nothing else can be done on a page that stopped.
        let _ = notice.remove_attribute("hidden");
    }
}

/// Says something under the line of state.
pub fn note(words: &str) {
    let Some(state) = element("etat") else { return };
    if let Ok(note) = document().create_element("p") {
        note.set_class_name("frail");
        // Set before it is in the page, so that screen readers wait for its words.
        let _ = note.set_attribute("aria-live", "polite");
        let _ = state.append_child(&note);
        note.set_text_content(Some(words));
    }
}

/// Says something that the page shows by itself to whoever does not see it.
pub fn say(words: &str) {
    if let Some(line) = element("annonce") {
        line.set_text_content(Some(words));
    }
}

/// Says that nobody is signed in any more: `demarrer.js` then offers it, over the page.
pub fn ask_to_sign_in() {
    if let Ok(event) = Event::new("deconnecte") {
        // Nobody listens where the script did not come: the line of state has a link.
        let _ = window().dispatch_event(&event);
    }
}
