//! Somebody whom the provider of identities knows, and nobody here does.

use leptos::prelude::*;

use crate::{routes, text::french};

/// What the provider says of them.
pub struct Stranger {
    /// What the provider is called.
    pub provider: String,
    /// Name; may be empty.
    pub name: String,
    /// Address; may be empty.
    pub email: String,
    /// SIRET of the employer; may be empty.
    pub siret: String,
}

/// The page: what to do, never an error.
#[component]
pub fn StrangerPage(
    /// Who.
    stranger: Stranger,
) -> impl IntoView {
    let Stranger { provider, name, email, siret } = stranger;
    let facts = [("Nom", name), ("Courriel", email), ("SIRET de l'employeur", siret)];
    let facts = facts
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(term, value)| view! { <div><dt>{term}</dt><dd>{value}</dd></div> })
        .collect_view();
    view! {
        <div class="wrap page narrow stack">
            <header>
                <h1>"Il vous manque une invitation"</h1>
                <p class="lead">{french(&format!("{provider} a confirmé qui vous êtes, mais aucun compte de Trame ne porte encore votre nom. Rien n'a été créé."))}</p>
            </header>
            <section class="card pad stack" aria-labelledby="faire">
                <h2 id="faire">"Que faire ?"</h2>
                <ul class="plain team-list">
                    <li><div><strong>"Vous travaillez dans une structure d'insertion"</strong><br />{french("Demandez une invitation à une personne qui dépose ses dossiers : elle la crée dans « Mon équipe ».")}</div></li>
                    <li><div><strong>"Le SIRET ci-dessous n'est pas celui de votre structure"</strong><br />{french("Vérifiez auprès de votre employeur sous quel établissement vous êtes connu : une structure conventionnée se reconnaît à son SIRET.")}</div></li>
                    <li><div><strong>"Vous travaillez dans un service de l'État, ou chez un partenaire"</strong><br />{french("Demandez une invitation à la personne qui signe dans votre DDETS, ou à la DGEFP.")}</div></li>
                </ul>
                <p><a class="btn" href=routes::SIGN_IN>"Revenir à la connexion"</a></p>
            </section>
            <section class="card pad stack" aria-labelledby="connu">
                <h2 id="connu">{french(&format!("Ce que {provider} nous dit de vous"))}</h2>
                <dl class="facts">{facts}</dl>
                <p class="soft">{french("Rien de cela n'est gardé.")}</p>
            </section>
        </div>
    }
}
