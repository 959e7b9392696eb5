//! How far a figure is from last year's, in words and in colour, as it is typed.

use form::{At, FieldDef, gap};
use leptos::prelude::*;

use crate::draft::Draft;

/// The gap of one answer, beside last year's.
#[component]
pub fn GapView(
    /// The draft.
    draft: Draft,
    /// The question.
    def: &'static FieldDef,
    /// The answer.
    at: At,
    /// What last year said.
    before: String,
) -> impl IntoView {
    let gap = Memo::new(move |_| {
        draft.answer(&at, |now| gap::gap(&def.kind, &before, now.map_or("", |now| &now.raw)))
    });
    let said = move || {
        gap.get().map(|gap| {
            let sign = match gap.percent {
                0 => return "inchangé".to_owned(),
                percent if percent < 0 => "−",
                _ => "+",
            };
            let much = if gap.wide { ", écart important" } else { "" };
            format!("{sign}\u{202f}{}\u{a0}%{much}", gap.percent.abs())
        })
    };
    let wide = move || gap.get().is_some_and(|gap| gap.wide);
    view! { <span class="gap" class:wide=wide>{said}</span> }
}
