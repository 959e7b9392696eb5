//! Simulations of a year, and making one.

use dossier::{allotting::LONGEST_NAME, envelope::KINDS, place::Place};
use leptos::prelude::*;
use service::allotting::Allotment;

use crate::{format, routes, text};

/// The list, and the form of a new one.
#[component]
pub(super) fn Simulations(
    /// Where this person simulates.
    places: Vec<Place>,
    /// The year.
    year: i32,
    /// Those that there are.
    allotments: Vec<Allotment>,
    /// Why one was not made, and the name that was typed.
    refused: Option<(&'static str, String)>,
) -> impl IntoView {
    let (aside, open): (Vec<_>, Vec<_>) =
        allotments.into_iter().partition(|one| one.aside_at.is_some());
    let row = |one: Allotment| {
        view! {
            <li>
                <a href=routes::simulation(one.id.as_str())>{one.name.clone()}</a>
                <span class="soft">{format!("{} · {}", one.kinds.join(", "), one.place.name())}</span>
                <span class="soft num">{format!("{}, {}", one.made_by_name, format::day(one.made_at))}</span>
            </li>
        }
    };
    let none = open.is_empty().then(|| {
        view! {
            <p>{text::french("Aucune simulation pour cette année. Nommez-en une : les demandes en cours d'instruction y entrent d'elles-mêmes.")}</p>
        }
    });
    let aside = (!aside.is_empty()).then(|| {
        let says = text::count(u32::try_from(aside.len()).unwrap_or(u32::MAX), "simulation rangée", "simulations rangées");
        view! {
            <details class="no-print"><summary>{says}</summary><ul class="waiting">{aside.into_iter().map(row).collect_view()}</ul></details>
        }
    });
    let opened = refused.is_some();
    let (problem, typed) = refused.unzip();
    let several = places.len() > 1;
    let place = if several {
        let options =
            places.iter().map(|place| view! { <option value=place.code()>{place.name()}</option> });
        view! {
            <div class="field"><label for="lieu">"Territoire"</label>
                <select class="input input-mid" id="lieu" name="lieu">{options.collect_view()}</select></div>
        }
        .into_any()
    } else {
        let code = places.first().map(Place::code);
        view! { <input type="hidden" name="lieu" value=code /> }.into_any()
    };
    let kinds = KINDS.map(|kind| {
        view! {
            <label class="choice"><input type="checkbox" name="type" value=kind checked={kind == "ACI"} /><span>{kind}</span></label>
        }
    });
    view! {
        <section class="card pad stack" id="simulations" aria-label="Simulations">
            <h2 class="h3">"Simulations"</h2>
            <p class="soft">{text::french("Provisoires : elles se lisent dans votre service seulement, jamais par une structure.")}</p>
            {none}
            <ul class="waiting">{open.into_iter().map(row).collect_view()}</ul>
            {aside}
            <details class="act no-print" open=opened>
                <summary>"Nouvelle simulation"</summary>
                <form method="post" action=routes::SIMULATIONS class="stack" autocomplete="off">
                    {problem.map(|says| view! { <p class="note note-garance" role="alert">{text::french(says)}</p> })}
                    <input type="hidden" name="annee" value=year.to_string() />
                    {place}
                    <div class="field"><label for="nom">"Nom"</label>
                        <input class="input input-mid" id="nom" name="nom" required=true maxlength=LONGEST_NAME.to_string() value=typed /></div>
                    <fieldset class="field"><legend class="label">"Types de structures"</legend>
                        <div class="choices choices-row">{kinds.to_vec()}</div></fieldset>
                    <p><button class="btn btn-main" type="submit">"Créer la simulation"</button></p>
                </form>
            </details>
        </section>
    }
}
