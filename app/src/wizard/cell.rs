//! What there is to know of a grid beyond its amounts: of the cell with the cursor, of a computed line.

use form::{At, Line, Table, Text};
use leptos::{ev, prelude::*, web_sys};

use super::field::origin;
use crate::{
    draft::{Draft, name_of},
    routes,
};

/// Under a grid: the cell that has the cursor, where its value comes from, its earlier values. Until
/// there is one, what keys do.
#[component]
pub fn CellLine(
    /// The draft.
    draft: Draft,
    /// The cell that had the cursor last.
    cell: RwSignal<Option<At>>,
) -> impl IntoView {
    let here = move || {
        let at = cell.get()?;
        let answer = draft.answer(&at, |answer| Some(answer?.clone())).unwrap_or_default();
        let name = draft.answers.with_untracked(|a| name_of(draft.revision(), a, &at));
        let from = answer.provenance.filter(|_| !answer.raw.trim().is_empty());
        let from = from.map(|from| {
            view! { <span class="badge">{origin(from.origin)}</span> " " {from.reference} " " }
        });
        let path = draft.opening.with_value(|opening| routes::history_of(&opening.dossier, &at));
        let past = (answer.version > 1).then(|| view! { <a href=path>"Historique"</a> });
        Some(view! { <b>{name}</b> " " {from} {past} }.into_any())
    };
    let keys = || {
        "Flèches pour aller d'une case à l'autre, Maj et flèches pour en choisir plusieurs ; un bloc copié d'un tableur se colle ici.".into_any()
    };
    view! { <p class="cell-line">{move || here().unwrap_or_else(keys)}</p> }
}

/// The cell that the cursor came to.
pub fn cell_at(event: &ev::FocusEvent) -> Option<At> {
    let name = event_target::<web_sys::Element>(event).get_attribute("name")?;
    (!name.starts_with('_')).then(|| At::parse(&name))
}

/// How a computed line is computed.
#[component]
pub fn Calculation(
    /// The grid.
    table: &'static Table,
    /// The line; nothing is said of a line to fill.
    line: &'static Line,
) -> impl IntoView {
    let part = |(rank, id): (usize, &Text)| {
        let (sign, id) = id.strip_prefix('-').map_or((" + ", id.as_ref()), |id| (" − ", id));
        let part = table.lines.iter().find(|line| line.id == id);
        let sign = if rank == 0 { sign.trim_start_matches(" + ") } else { sign };
        format!("{sign}{}", part.map_or(id, |part| part.label.as_ref()))
    };
    let told: String = line.sum.iter().enumerate().map(part).collect();
    line.is_computed().then(|| {
        view! {
            <details class="why calc">
                <summary>"Calcul"<span class="sr-only">{format!(" : {}", line.label)}</span></summary>
                <p>{told}</p>
            </details>
        }
    })
}
