//! Reading and writing the controls of the page.

use form::At;
use leptos::prelude::document;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, HtmlElement, HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement};

/// The form of the step.
pub fn form() -> Option<HtmlElement> {
    document().get_element_by_id("etape")?.dyn_into().ok()
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
    form.query_selector_all("input,textarea,select").map(elements).unwrap_or_default()
}

/// The controls of one question.
fn controls(at: &At) -> Vec<Element> {
    let name = at.to_string();
    all_controls()
        .into_iter()
        .filter(|c| c.get_attribute("name").as_deref() == Some(&name))
        .collect()
}

/// Puts a text in the controls of a question.
pub fn write(at: &At, text: &str) {
    for control in controls(at) {
        if let Some(area) = control.dyn_ref::<HtmlTextAreaElement>() {
            area.set_value(text);
        } else if let Some(select) = control.dyn_ref::<HtmlSelectElement>() {
            select.set_value(text);
        } else if let Some(input) = control.dyn_ref::<HtmlInputElement>() {
            match input.type_().as_str() {
                "hidden" => {}
                "radio" | "checkbox" => {
                    input.set_checked(text.split(',').any(|part| part.trim() == input.value()));
                }
                _ => input.set_value(text),
            }
        }
    }
}

/// Moves the focus to an element by id.
pub fn focus(id: &str) {
    let found = document().get_element_by_id(id).and_then(|e| e.dyn_into::<HtmlElement>().ok());
    if let Some(element) = found {
        // Focusing fails only on an element that left the page meanwhile.
        let _: Result<(), JsValue> = element.focus();
    }
}

fn elements(list: web_sys::NodeList) -> Vec<Element> {
    (0..list.length()).filter_map(|i| list.item(i)?.dyn_into().ok()).collect()
}

/// Shows that the programme stopped, with what to do.
pub fn show_fault() {
    if let Some(notice) = document().get_element_by_id("panne") {
        // Nothing else can be done on a page that stopped.
        let _ = notice.remove_attribute("hidden");
    }
}
