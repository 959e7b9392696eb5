//! Where a person is signed in, and ending it from afar.

use leptos::prelude::*;
use service::{second_factor::Standing, sessions::Line};
use ui::{Icon, IconName, Tag};

use crate::{format, routes, text};

/// The page.
#[component]
pub fn ConnectionsPage(
    /// The sessions, used last first.
    lines: Vec<Line>,
    /// How the second proof of the account stands; none where a provider of identities asks for it.
    factor: Option<Standing>,
) -> impl IntoView {
    let factor = factor.map(|standing| {
        let says = match standing {
            Standing::On { .. } => "Un code vous est demandé après votre mot de passe.",
            Standing::Off | Standing::Waiting { .. } => "Votre mot de passe suffit pour entrer. Un code en plus vous protège s'il est deviné ou volé.",
        };
        view! {
            <section class="card pad stack" aria-labelledby="code-titre">
                <h2 id="code-titre">"Code à la connexion"</h2>
                <p>{text::french(says)}</p>
                <p><a class="btn" href=routes::SECOND_FACTOR>{if matches!(standing, Standing::On { .. }) { "Gérer" } else { "Ajouter un code" }}</a></p>
            </section>
        }
    });
    let several = lines.len() > 1;
    let items = lines.into_iter().map(|line| view! { <One line /> }).collect_view();
    let all = several.then(|| {
        view! {
            <form method="post" action=routes::CONNECTIONS>
                <p><button type="submit" class="btn">"Fermer toutes les autres"</button></p>
            </form>
        }
    });
    view! {
        <div class="wrap page narrow stack">
            <header>
                <h1>"Mes connexions"</h1>
                <p class="lead">{text::french("Les navigateurs dans lesquels vous êtes connecté. Fermez ceux que vous ne reconnaissez pas, et prévenez la personne qui administre Trame.")}</p>
            </header>
            <section class="card pad" aria-label="Connexions ouvertes"><ul class="plain team-list">{items}</ul></section>
            {all}
            {factor}
            <p class="soft">{text::french("Une connexion se ferme seule après douze heures sans activité, et au bout de sept jours dans tous les cas.")}</p>
        </div>
    }
}

#[component]
fn One(line: Line) -> impl IntoView {
    let name = if line.browser.is_empty() { "Navigateur inconnu".to_owned() } else { line.browser };
    let from =
        if line.address.is_empty() { String::new() } else { format!(", depuis {}", line.address) };
    let end = if line.is_this {
        view! { <Tag tone="t-sauge" icon=IconName::Check text="Cette connexion" /> }.into_any()
    } else {
        let named = format!(" : {name}, {}", format::moment(line.created_at));
        view! {
            <form method="post" action=routes::CONNECTIONS>
                <input type="hidden" name="cle" value=line.key />
                <button type="submit" class="btn btn-s"><Icon name=IconName::Lock />"Fermer"<span class="sr-only">{named}</span></button>
            </form>
        }
        .into_any()
    };
    view! {
        <li>
            <div>
                <strong>{name}</strong>
                <br />
                <span class="soft">{format!("Ouverte le {}{from}", format::moment(line.created_at))}</span>
                <br />
                <span class="soft">{format!("Utilisée le {}", format::moment(line.seen_at))}</span>
            </div>
            {end}
        </li>
    }
}
