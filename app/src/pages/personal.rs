//! What Trame holds about the person who reads, how long, and how to have it mended.

use dossier::retention::Policy;
use leptos::prelude::*;
use service::personal::Told;
use ui::{Icon, IconName};

use super::retention::Rules;
use crate::{routes, text};

/// The page.
#[component]
pub fn PersonalPage(
    /// What is held, part by part.
    told: Vec<Told>,
    /// How long things are kept.
    policy: Policy,
    /// Where one writes to; empty when nobody is named.
    contact: String,
    /// Whether this person sees what will be forgotten of everybody.
    sees_all: bool,
) -> impl IntoView {
    let rows = told.into_iter().filter(|told| !told.lines.is_empty()).map(|told| {
        let count = form::number::display_scaled(i64::try_from(told.lines.len()).unwrap_or(i64::MAX), 0);
        view! { <tr><th scope="row">{text::french(told.part.title)}</th><td class="r num" data-l="Lignes">{count}</td></tr> }
    });
    let rows: Vec<_> = rows.collect();
    let whom = if contact.is_empty() {
        view! { "à la personne qui administre Trame" }.into_any()
    } else {
        let href =
            if contact.contains('@') { format!("mailto:{contact}") } else { contact.clone() };
        view! { "à " <a href=href>{contact}</a> }.into_any()
    };
    let all = sees_all.then(|| {
        view! { <p><a href=routes::RETENTION>"Ce qui sera supprimé, et quand"</a></p> }
    });
    view! {
        <div class="wrap page narrow stack">
            <header>
                <h1>"Mes données"</h1>
                <p class="lead">{text::french("Tout ce que Trame tient sur vous, à lire et à emporter. Rien de ce qui est aux autres n'y figure.")}</p>
            </header>
            <section class="card pad stack" aria-labelledby="tenu">
                <h2 class="h3" id="tenu">"Ce que Trame tient sur vous"</h2>
                <p><a class="btn btn-main" href=routes::PERSONAL_FILE download="mes-donnees-trame.json"><Icon name=IconName::Download />"Télécharger mes données"</a></p>
                <p class="soft">{text::french("Un seul fichier JSON, lisible par vous et par un programme : chaque ligne avec sa date, son dossier et sa question.")}</p>
                <table class="tbl cards">
                    <caption class="sr-only">"Nombre de lignes, partie par partie"</caption>
                    <thead><tr><th scope="col">"Partie"</th><th scope="col" class="r">"Lignes"</th></tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </section>
            <section class="card pad stack" aria-labelledby="droits">
                <h2 class="h3" id="droits">"Corriger, faire effacer"</h2>
                <p>
                    {text::french("Vos réponses se corrigent dans vos dossiers tant qu'ils sont ouverts. Pour votre nom, votre adresse, ou pour faire fermer votre compte, écrivez ")}
                    {whom}
                    {text::french(". La réponse vous est due sous un mois (RGPD, article 12).")}
                </p>
                <p>{text::french("Ce qui a été déposé ou signé fait partie du dossier de la structure : il ne s'efface pas à la demande, mais à la date que dit le tableau ci-dessous. Si la réponse ne vous convient pas, vous pouvez saisir la CNIL.")}</p>
            </section>
            <section class="stack" aria-labelledby="durees">
                <h2 id="durees">"Combien de temps"</h2>
                <p>{text::french("Rien d'une campagne ouverte, d'un dossier en instruction ou d'une convention en cours n'est jamais supprimé.")}</p>
                <Rules policy />
                {all}
            </section>
        </div>
    }
}
