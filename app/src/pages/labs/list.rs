//! The sessions, and preparing one.

use dossier::lab::Seat;
use leptos::prelude::*;
use service::{
    Millis,
    labs::{
        Lab, Stage,
        leading::{Choice, NewLab},
    },
};
use ui::{Icon, IconName, Tag};

use crate::{format, routes, text};

/// A stage as a word and a shape.
pub fn stage_tag(stage: Stage) -> impl IntoView {
    let (tone, icon, says) = match stage {
        Stage::Prepared => ("", IconName::Pencil, "Préparé"),
        Stage::Open => ("t-sauge", IconName::Check, "Ouvert"),
        Stage::Closed => ("t-guede", IconName::Lock, "Terminé"),
    };
    view! { <Tag tone=tone icon=icon text=says /> }
}

/// The list. `leads`: this person prepares and leads; others read what came out.
#[component]
pub fn LabsPage(
    /// The sessions.
    labs: Vec<Lab>,
    /// Whether this person leads.
    leads: bool,
    /// Now.
    now: Millis,
) -> impl IntoView {
    let rows = labs.into_iter().map(|lab| {
        let id = lab.id.to_string();
        let name = if leads {
            view! { <a href=routes::lab(&id)>{text::french(&lab.title)}</a> }.into_any()
        } else {
            text::french(&lab.title).into_any()
        };
        view! {
            <tr>
                <th scope="row">{name}</th>
                <td data-l="Lieu">{lab.place.clone()}</td>
                <td data-l="Jour" class="num">{format::date(lab.day)}</td>
                <td data-l="Où en est-il">{stage_tag(lab.stage_at(now))}</td>
                <td data-l="Synthèse"><a href=routes::synthesis(&id)>"Synthèse"<span class="sr-only">{format!(" de {}", lab.title)}</span></a></td>
            </tr>
        }
    });
    let rows: Vec<_> = rows.collect();
    let new = leads.then(|| {
        view! { <p><a class="btn btn-main" href=routes::NEW_LAB><Icon name=IconName::Plus />"Préparer un atelier"</a></p> }
    });
    let list = if rows.is_empty() {
        let says = if leads {
            "Aucun atelier pour l'instant. Préparez le premier : quelques minutes suffisent."
        } else {
            "Aucun atelier ne s'est encore tenu."
        };
        view! { <p class="soft">{text::french(says)}</p> }.into_any()
    } else {
        view! {
            <div class="card pad scroll-x" tabindex="0" role="region" aria-label="Ateliers">
                <table class="tbl cards">
                    <caption class="sr-only">"Ateliers, du plus récent au plus ancien"</caption>
                    <thead><tr>
                        <th scope="col">"Atelier"</th><th scope="col">"Lieu"</th><th scope="col">"Jour"</th>
                        <th scope="col">"Où en est-il"</th><th scope="col">"Synthèse"</th>
                    </tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        }
        .into_any()
    };
    view! {
        <div class="wrap page stack">
            <header>
                <h1>"Ateliers"</h1>
                <p class="lead">{text::french("Montrer le formulaire de demain, le voir utilisé, en rapporter une synthèse : chaque atelier a son espace à part, aux données inventées.")}</p>
            </header>
            {new}
            {list}
        </div>
    }
}

/// Preparing a session.
#[component]
pub fn NewLabPage(
    /// What was typed.
    new: NewLab,
    /// The forms that may be tried.
    choices: Vec<Choice>,
    /// What stands against it.
    refused: Option<&'static str>,
) -> impl IntoView {
    let error = refused
        .map(|error| view! { <p class="error" id="refus" role="alert">{text::french(error)}</p> });
    let options = choices.into_iter().map(|choice| {
        let key = choice.key.to_string();
        let says = if choice.title.is_empty() {
            format!("Formulaire national, révision {}, tel quel", choice.key.revision)
        } else {
            let number = choice.key.overlay().map(|(_, number)| number).unwrap_or_default();
            format!("{} (édition {number})", choice.title)
        };
        let chosen = key == new.form;
        view! { <option value=key selected=chosen>{says}</option> }
    });
    let options: Vec<_> = options.collect();
    let seats = Seat::ALL.map(|seat| {
        view! {
            <label class="choice">
                <input type="checkbox" name=seat.code() value="oui" checked=new.seats.contains(&seat) />
                <span><b>{seat.label()}</b>" "<small>{seat.hint()}</small></span>
            </label>
        }
    });
    view! {
        <div class="wrap page narrow stack">
            <header>
                <p class="crumbs"><a href=routes::LABS>"Ateliers"</a></p>
                <h1>"Préparer un atelier"</h1>
            </header>
            <form method="post" action=routes::NEW_LAB class="card pad stack" autocomplete="off">
                {error}
                <div class="field">
                    <label for="titre">"Titre"</label>
                    <p class="hint" id="aide-titre">"Ce que l'on essaie, en quelques mots. Les participants le lisent."</p>
                    <input class="input" id="titre" name="titre" type="text" required=true maxlength="120" aria-describedby="aide-titre" value=new.title />
                </div>
                <div class="field">
                    <label for="lieu">"Lieu ou département"</label>
                    <input class="input" id="lieu" name="lieu" type="text" required=true maxlength="80" value=new.place />
                </div>
                <div class="field">
                    <label for="jour">"Jour"</label>
                    <input class="input input-mid" id="jour" name="jour" type="date" required=true value=new.day.map(|day| day.to_string()) />
                </div>
                <div class="field">
                    <label for="formulaire">"Formulaire à essayer"</label>
                    <select class="input" id="formulaire" name="formulaire">{options}</select>
                </div>
                <fieldset class="field">
                    <legend class="label">"Qui participe"</legend>
                    <div class="choices">{seats.to_vec()}</div>
                </fieldset>
                <div class="field">
                    <label for="taches">"Ce que vous leur demanderez d'essayer"</label>
                    <p class="hint" id="aide-taches">"Une tâche par ligne, douze au plus."</p>
                    <ui::TextArea id="taches" name="taches" initial=new.tasks rows=5 described_by="aide-taches" />
                </div>
                <p class="actions">
                    <button class="btn btn-main" type="submit">"Préparer l'atelier"</button>
                    <a class="btn btn-quiet" href=routes::LABS>"Abandonner"</a>
                </p>
            </form>
        </div>
    }
}
