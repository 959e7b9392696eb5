//! A figure with its company: name, unit, source and date.

use leptos::prelude::*;

/// A key figure, to be put in a `<dl class="figures">`. A figure never comes without its source.
#[component]
pub fn KeyFigure(
    /// What it measures.
    #[prop(into)]
    label: String,
    /// The figure, as people write it.
    #[prop(into)]
    value: String,
    /// Its unit.
    #[prop(optional, into)]
    unit: Option<String>,
    /// Who says so ("ASP").
    #[prop(into)]
    source: String,
    /// Of what date, or from which paper.
    #[prop(optional, into)]
    detail: Option<String>,
) -> impl IntoView {
    view! {
        <div class="figure">
            <dt>{label}</dt>
            <dd class="fig">
                {value}
                {unit.map(|unit| view! { <span class="unit">{format!("\u{a0}{unit}")}</span> })}
            </dd>
            <dd class="prov">
                <span class="badge">{source}</span>
                {detail.map(|detail| view! { <span>{detail}</span> })}
            </dd>
        </div>
    }
}
