//! The versions of a sketch: each change, and the way back to any of them.

use leptos::prelude::*;
use service::studio::{Sketch, Version};
use ui::{Icon, IconName};

use super::{Head, Tab, words};
use crate::{format, routes, text};

/// The page.
#[component]
pub fn VersionsPage(
    /// The sketch.
    sketch: Sketch,
    /// Its versions, latest first.
    versions: Vec<Version>,
) -> impl IntoView {
    let id = sketch.id.to_string();
    let last = sketch.last.number;
    let rows = versions.into_iter().map(|version| {
        let number = version.number;
        let published = sketch.published.iter().find(|(of, _)| *of == number).map(|(_, key)| {
            let edition = key.overlay().map(|(_, number)| number).unwrap_or_default();
            format!("Publiée, édition {edition}")
        });
        let same = version.overlay == sketch.last.overlay;
        let way = if number == last {
            view! { <span class="soft">"Celle-ci"</span> }.into_any()
        } else if same {
            view! { <span class="soft">"Identique"</span> }.into_any()
        } else {
            view! {
                <form method="post" action=routes::sketch_page(&id, "versions")>
                    <input type="hidden" name="version" value=number.to_string() />
                    <button class="btn btn-s" type="submit"><Icon name=IconName::Undo />"Y revenir"<span class="sr-only">{format!(" : version {number}")}</span></button>
                </form>
            }
            .into_any()
        };
        view! {
            <tr>
                <th scope="row" class="num">{number}</th>
                <td data-l="Modification">{words::change(version.change, &version.what)}{published.map(|says| view! { " "<strong>{says}</strong> })}</td>
                <td data-l="Par">{version.by_name}</td>
                <td data-l="Quand">{format::moment(version.at)}</td>
                <td data-l="Retour">{way}</td>
            </tr>
        }
    });
    let rows: Vec<_> = rows.collect();
    view! {
        <div class="wrap page stack">
            <Head sketch=sketch.clone() tab=Tab::Versions title="Versions" />
            <p class="lead">{text::french("Chaque modification est gardée. Revenir à une version en fait une nouvelle : rien ne se perd.")}</p>
            <div class="card pad scroll-x" tabindex="0" role="region" aria-label="Versions">
                <table class="tbl cards">
                    <caption class="sr-only">"Versions, de la plus récente à la plus ancienne"</caption>
                    <thead><tr>
                        <th scope="col">"Version"</th><th scope="col">"Modification"</th><th scope="col">"Par"</th>
                        <th scope="col">"Quand"</th><th scope="col">"Retour"</th>
                    </tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </div>
    }
}
