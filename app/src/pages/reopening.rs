//! Opening an answer that nothing was asked about, in a dossier that was sent back.

use form::{At, Section};
use leptos::prelude::*;
use service::DossierHead;
use ui::{Icon, IconName};

use super::Crumbs;
use crate::{routes, text};

/// The page.
#[component]
pub fn ReopeningPage(
    /// The dossier.
    head: DossierHead,
    /// The step.
    section: &'static Section,
    /// What would be opened: a question, a row or a table.
    at: At,
    /// What it is called.
    name: String,
    /// What the last deposit says there, displayed; nothing for a row or a table.
    said: Option<String>,
) -> impl IntoView {
    let id = head.id.to_string();
    let step = routes::step(&id, &section.id);
    let back = format!("{step}#{at}");
    let said = said.map(|said| {
        view! { <p>{text::french("Vous avez déposé : ")}<b class="words">{said}</b></p> }
    });
    view! {
        <div class="wrap page narrow stack">
            <header>
                <Crumbs head step=(step, section.title.to_string()) />
                <h1>"Modifier aussi cette réponse"</h1>
            </header>
            <form method="post" action=routes::reopen(&id) class="card pad stack">
                <h2 class="h3">{text::french(&name)}</h2>
                {said}
                <p>{text::french("La DDETS ne vous a rien demandé ici. Vous pouvez rouvrir cette réponse : elle verra que vous l'avez fait, et ce que vous aurez changé.")}</p>
                <input type="hidden" name="reponse" value=at.to_string() />
                <p class="actions">
                    <button class="btn btn-main" type="submit">"Rouvrir"</button>
                    <a class="btn" href=back><Icon name=IconName::ArrowLeft />"Laisser comme c'est"</a>
                </p>
            </form>
        </div>
    }
}
