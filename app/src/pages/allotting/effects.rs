//! What the simulation does to each structure and each territory.

use dossier::{
    allotting::{Effect, Line, by_department, by_structure},
    envelope::Dotation,
    place::Place,
};
use form::number;
use leptos::prelude::*;

use super::{percent, signed};
use crate::pages::envelopes::both;

/// Both tables, folded.
#[component]
pub(super) fn Effects(lines: Vec<Line>) -> impl IntoView {
    let places = by_department(&lines);
    let places = (places.len() > 1).then(|| {
        let name = |one: &Effect| Place::Department(one.name.clone()).name();
        table("Effets par territoire", "Territoire", &places, name)
    });
    let structures = by_structure(&lines);
    let structures =
        table("Effets par structure", "Structure", &structures, |one| one.name.clone());
    view! { <div id="effets" class="stack">{places}{structures}</div> }
}

fn difference(before: Option<Dotation>, now: Dotation) -> AnyView {
    let Some(before) = before else {
        return view! { <span class="soft">"—"</span> }.into_any();
    };
    let change = now - before;
    view! {
        <span class="num">{signed(change.etp.0, number::etp)}" "<span class="soft">{percent(before.etp.0, now.etp.0)}</span></span>
        <span class="under num">{signed(change.cents.0, number::euros)}" "{percent(before.cents.0, now.cents.0)}</span>
    }
    .into_any()
}

fn table(
    title: &'static str,
    first: &'static str,
    effects: &[Effect],
    name: impl Fn(&Effect) -> String,
) -> AnyView {
    let rows = effects.iter().map(|one| {
        view! {
            <tr>
                <th scope="row">{name(one)}</th>
                <td class="r" data-l="Demandé">{both(Some(one.asked))}</td>
                <td class="r" data-l="L'an dernier">{both(one.last_year)}</td>
                <td class="r" data-l="Simulé">{both(Some(one.provisional))}</td>
                <td class="r" data-l="Écart au demandé">{difference(Some(one.asked), one.provisional)}</td>
                <td class="r" data-l="Écart à l'an dernier">{difference(one.last_year, one.provisional)}</td>
            </tr>
        }
    });
    let rows: Vec<_> = rows.collect();
    view! {
        <details class="card pad effects"><summary>{title}</summary>
            <div class="scroll-x" tabindex="0" role="region" aria-label=title>
                <table class="tbl cards">
                    <caption class="sr-only">{format!("{title} : ETP, puis euros")}</caption>
                    <thead><tr><th scope="col">{first}</th><th scope="col" class="r">"Demandé"</th><th scope="col" class="r">"L'an dernier"</th><th scope="col" class="r">"Simulé"</th><th scope="col" class="r">"Écart au demandé"</th><th scope="col" class="r">"Écart à l'an dernier"</th></tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </details>
    }
    .into_any()
}
