//! What was deposited in an agent's territory.

use leptos::prelude::*;
use service::{Actor, DossierHead};

use super::{StateTag, title};
use crate::{format, routes, text};

/// The page.
#[component]
pub fn ReceivedPage(
    /// Who reads.
    actor: Actor,
    /// The deposited dossiers of the territory, latest change first.
    dossiers: Vec<DossierHead>,
) -> impl IntoView {
    let count = u32::try_from(dossiers.len()).unwrap_or(u32::MAX);
    let lead = if count == 0 {
        "Aucun dossier n'est déposé sur votre territoire pour l'instant.".to_owned()
    } else {
        format!(
            "{} sur votre territoire.",
            text::count(count, "dossier déposé", "dossiers déposés")
        )
    };
    let rows = dossiers
        .into_iter()
        .map(|head| {
            let href = routes::instruction(head.id.as_str());
            view! {
                <tr>
                    <td data-l="Structure"><a href=href>{head.structure_name.clone()}</a></td>
                    <td data-l="Type">{head.kind.clone()}</td>
                    <td data-l="Dossier">{title(&head)}</td>
                    <td data-l="Département">{head.department.clone()}</td>
                    <td data-l="État"><StateTag state=head.state agent=true /></td>
                    <td data-l="Dernier changement">{format::day(head.updated_at)}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <div class="wrap page stack">
            <header>
                <h1>"Dossiers reçus"</h1>
                <p class="lead">{format!("{}. {lead}", actor.role.label())}</p>
            </header>
            {(count > 0).then(|| view! {
                <div class="card pad">
                    <table class="tbl cards">
                        <caption class="sr-only">"Dossiers déposés sur le territoire"</caption>
                        <thead>
                            <tr>
                                <th scope="col">"Structure"</th>
                                <th scope="col">"Type"</th>
                                <th scope="col">"Dossier"</th>
                                <th scope="col">"Département"</th>
                                <th scope="col">"État"</th>
                                <th scope="col">"Dernier changement"</th>
                            </tr>
                        </thead>
                        <tbody>{rows}</tbody>
                    </table>
                </div>
            })}
        </div>
    }
}
