//! Choices: radio buttons, tick boxes, lists; and the pledge, a single box.

use form::{At, FieldDef, Kind};
use leptos::{either::Either, prelude::*};

use crate::draft::Draft;

/// More choices than this become a list; fewer in a row, where room is scarce.
const MOST_RADIOS: usize = 6;
const MOST_RADIOS_IN_ROW: usize = 3;

/// Whether a question is answered by ticking boxes, in a row or asked once.
pub fn is_boxes(kind: &Kind, row: &str) -> bool {
    let most = if row.is_empty() { MOST_RADIOS } else { MOST_RADIOS_IN_ROW };
    match kind {
        Kind::YesNo | Kind::ManyOf(_) => true,
        Kind::OneOf(choices) => choices.len() <= most,
        _ => false,
    }
}

/// The control of a choice question.
#[component]
pub fn Choices(
    /// The draft.
    draft: Draft,
    /// The question.
    def: &'static FieldDef,
    /// The row, or nothing.
    row: String,
    /// Ids of what describes it.
    described: String,
) -> impl IntoView {
    let at = At::in_row(&def.id, &row);
    let id = at.to_string();
    let raw = draft.answers.with_untracked(|answers| answers.raw(&def.id, &row).trim().to_owned());
    let many = matches!(def.kind, Kind::ManyOf(_));
    let chosen = move |value: &str| {
        if many { raw.split(',').any(|part| part.trim() == value) } else { raw == value }
    };
    let choices: Vec<(String, String)> = match &def.kind {
        Kind::YesNo => vec![("oui".into(), "Oui".into()), ("non".into(), "Non".into())],
        kind => kind.choices().iter().map(|c| (c.value.to_string(), c.label.to_string())).collect(),
    };
    if !is_boxes(&def.kind, &row) {
        let options = choices
            .into_iter()
            .map(|(value, label)| {
                let selected = chosen(&value);
                view! { <option value=value selected=selected>{label}</option> }
            })
            .collect_view();
        return Either::Left(view! {
            <select class="input" id=id.clone() name=id aria-describedby=described>
                <option value="">"Choisissez"</option>
                {options}
            </select>
        });
    }
    let kind = if many { "checkbox" } else { "radio" };
    let class = if choices.len() <= 2 { "choices choices-row" } else { "choices" };
    // An empty companion says "the question was on the page": nothing ticked is an answer too.
    let companion = many.then(|| view! { <input type="hidden" name=id.clone() value="" /> });
    let boxes = choices
        .into_iter()
        .enumerate()
        .map(|(i, (value, label))| {
            let checked = chosen(&value);
            // The first box carries the id of the question, so that links lead to it.
            let own = if i == 0 { id.clone() } else { format!("{id}.{value}") };
            view! {
                <label class="choice">
                    <input
                        type=kind
                        id=own
                        name=id.clone()
                        value=value
                        checked=checked
                        aria-describedby=described.clone()
                    />
                    <span>{label}</span>
                </label>
            }
        })
        .collect_view();
    Either::Right(view! { <div class=class>{companion} {boxes}</div> })
}

/// A box to tick, with its whole sentence.
#[component]
pub fn Pledge(
    /// The draft.
    draft: Draft,
    /// The question.
    def: &'static FieldDef,
    /// The row, or nothing.
    row: String,
) -> impl IntoView {
    let id = At::in_row(&def.id, &row).to_string();
    let checked = draft.answers.with_untracked(|answers| answers.raw(&def.id, &row) == "oui");
    let described = super::field::described_by(def, &id);
    view! {
        <input type="hidden" name=id.clone() value="" />
        <label class="choice">
            <input type="checkbox" id=id.clone() name=id value="oui" checked=checked aria-describedby=described />
            <span>{def.label.as_ref()}</span>
        </label>
    }
}
