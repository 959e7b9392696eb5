//! Opening a dossier: for which structure, what, and which year.

use dossier::form::demande::{PERIMETER, REQUEST_KIND, SIAE_KIND};
use leptos::prelude::*;
use service::Structure;

use crate::routes;

/// The page. Opening what exists joins it: two people never make two dossiers of one.
#[component]
pub fn OpeningPage(
    /// Structures of the person.
    structures: Vec<Structure>,
    /// Year proposed.
    year: i32,
    /// What went wrong with an earlier try.
    error: Option<String>,
) -> impl IntoView {
    let options = structures
        .into_iter()
        .flat_map(|s| {
            let (id, name) = (s.id.to_string(), s.name);
            s.kinds.into_iter().map(move |kind| (format!("{id}/{kind}"), kind.clone(), format!("{name}, {kind}")))
        })
        .enumerate()
        .map(|(i, (value, kind, label))| {
            let full = SIAE_KIND.def.kind.display(&kind);
            view! {
                <label class="choice">
                    <input type="radio" name="structure" value=value checked={i == 0} required=true />
                    <span>{label}<small>{full}</small></span>
                </label>
            }
        })
        .collect_view();
    let natures = REQUEST_KIND
        .def
        .kind
        .choices()
        .iter()
        .map(|c| (c.value.to_string(), c.label.to_string()))
        .chain([("bilan".to_owned(), "Bilan annuel".to_owned())])
        .map(|(value, label)| {
            let checked = value == "annual";
            view! {
                <label class="choice">
                    <input type="radio" name="nature" value=value checked=checked required=true />
                    <span>{label}</span>
                </label>
            }
        })
        .collect_view();
    let perimeters = PERIMETER
        .def
        .kind
        .choices()
        .iter()
        .map(|c| {
            let checked = c.value == "DC";
            view! {
                <label class="choice">
                    <input type="radio" name="perimetre" value=c.value.to_string() checked=checked />
                    <span>{c.label.to_string()}</span>
                </label>
            }
        })
        .collect_view();
    let error = error.map(|error| view! { <p class="error" role="alert">{error}</p> });
    view! {
        <div class="wrap page narrow stack">
            <header>
                <p class="crumbs"><a href=routes::HOME>"Dossiers"</a></p>
                <h1>"Ouvrir un dossier"</h1>
                <p class="lead">"Si le même dossier est déjà ouvert, vous le rejoignez : rien n'est créé en double."</p>
            </header>
            {error}
            <form method="post" action=routes::OPEN class="card pad stack">
                <fieldset class="field"><legend class="label">"Pour quelle structure"</legend><div class="choices">{options}</div></fieldset>
                <fieldset class="field"><legend class="label">"Que demandez-vous"</legend><div class="choices">{natures}</div></fieldset>
                <div class="field">
                    <label for="annee">"Pour quelle année"</label>
                    <div class="field-body">
                        <input class="input input-short" id="annee" name="annee" inputmode="numeric" required=true value=year.to_string() />
                    </div>
                </div>
                <fieldset class="field">
                    <legend class="label">"Périmètre"</legend>
                    <p class="hint">"Le milieu pénitentiaire ne concerne que les EI et les ACI."</p>
                    <div class="choices choices-row">{perimeters}</div>
                </fieldset>
                <div class="field">
                    <label for="departement">"Dans quel département"</label>
                    <p class="hint" id="departement-aide">"Laissez vide pour celui de votre siège. Si vous travaillez aussi dans un autre, écrivez son numéro : ce que vous avez déjà écrit y sera repris."</p>
                    <div class="field-body">
                        <input class="input input-short" id="departement" name="departement" maxlength="3" autocomplete="off" aria-describedby="departement-aide" />
                    </div>
                </div>
                <p><button class="btn btn-main" type="submit">"Ouvrir le dossier"</button></p>
            </form>
        </div>
    }
}
