//! The texts that one answer had: who wrote what, and when.

use std::collections::BTreeMap;

use form::{At, Place};
use leptos::prelude::*;
use service::{DossierHead, saving::Written};
use ui::{Icon, IconName};

use super::Crumbs;
use crate::{format, routes, text};

/// The page.
#[component]
pub fn HistoryPage(
    /// The dossier.
    head: DossierHead,
    /// The question.
    place: Place<'static>,
    /// Which answer to it.
    at: At,
    /// What the answer is called.
    name: String,
    /// Its texts, latest first.
    texts: Vec<Written>,
    /// Versions that were a value the State suggested, with the name of who did.
    suggested: BTreeMap<u32, String>,
) -> impl IntoView {
    let id = head.id.to_string();
    let step = routes::step(&id, &place.section.id);
    let back = format!("{step}#champ-{at}");
    let kind = &place.field.kind;
    let lines = texts.iter().enumerate().map(|(rank, written)| {
        let raw = &written.answer.raw;
        let said = if raw.trim().is_empty() { "Rien".to_owned() } else { kind.display_raw(raw) };
        let now = rank == 0;
        let origin = suggested.get(&written.answer.version).map(|by| {
            let says = format!("Valeur proposée par {by} (DDETS), acceptée");
            view! { <span class="under">{says}</span> }
        });
        let again = (!now).then(|| {
            view! {
                <form method="post" action=routes::history(&id)>
                    <input type="hidden" name="reponse" value=at.to_string() />
                    <input type="hidden" name="version" value=written.answer.version.to_string() />
                    <button type="submit" class="btn btn-s">
                        <Icon name=IconName::Undo />
                        "Reprendre"
                        <span class="sr-only">{format!(" : {said}")}</span>
                    </button>
                </form>
            }
        });
        view! {
            <tr>
                <td data-l="Réponse" class="said">{said.clone()}</td>
                <td data-l="Écrite par">{written.by_name.clone()} {origin}</td>
                <td data-l="Le">{format::moment(written.at)}</td>
                <td>{now.then_some("Réponse actuelle")} {again}</td>
            </tr>
        }
    });
    let lines = lines.collect_view();
    let empty = texts.is_empty().then(|| {
        view! { <p class="soft">"Personne n'a encore répondu à cette question."</p> }
    });
    view! {
        <div class="wrap page narrow stack">
            <header>
                <Crumbs head step=(step, place.section.title.to_string()) />
                <h1>{text::french(&name)}</h1>
                <p class="lead">"Tout ce qui a été écrit ici est gardé. Reprendre une réponse n'efface pas les autres."</p>
            </header>
            {empty}
            <div class="card pad" hidden=texts.is_empty()>
                <table class="tbl cards">
                    <caption class="sr-only">"Réponses successives, la plus récente d'abord"</caption>
                    <thead>
                        <tr>
                            <th scope="col">"Réponse"</th>
                            <th scope="col">"Écrite par"</th>
                            <th scope="col">"Le"</th>
                            <th scope="col"><span class="sr-only">"Reprendre"</span></th>
                        </tr>
                    </thead>
                    <tbody>{lines}</tbody>
                </table>
            </div>
            <p><a class="btn" href=back><Icon name=IconName::ArrowLeft />"Revenir à la question"</a></p>
        </div>
    }
}
