//! What would have been sent to the person of a demonstration.

use leptos::prelude::*;
use service::mail::Queued;
use ui::{Icon, IconName};

use crate::{
    format,
    mails::{self, Links},
    routes, text,
};

/// The page.
#[component]
pub fn OutboxPage(
    /// The messages, latest first, each with where such ones are turned off.
    mails: Vec<(Queued, Option<String>)>,
    /// Address of the person.
    email: String,
) -> impl IntoView {
    let none = mails.is_empty().then(|| {
        view! { <p class="card pad">{text::french("Rien pour l'instant. Ce qui arrive à vos dossiers paraîtra ici aussitôt.")}</p> }
    });
    let list = mails.into_iter().map(|(mail, unsubscribe)| view! { <One mail unsubscribe /> });
    view! {
        <div class="wrap page narrow stack">
            <header>
                <h1>"Courriels que vous auriez reçus"</h1>
                <p class="lead">{text::french(&format!("Ceci est une démonstration : rien n'est envoyé à {email}, tout se lit ici."))}</p>
                <p><a href=routes::PREFERENCES>"Choisir ce que je reçois"</a></p>
            </header>
            {none}
            {list.collect_view()}
        </div>
    }
}

#[component]
fn One(mail: Queued, unsubscribe: Option<String>) -> impl IntoView {
    let words = mail.letter.as_ref().map(|letter| {
        mails::say(letter, mail.at, Links { site: "", unsubscribe: unsubscribe.as_deref() })
    })?;
    let id = format!("courriel-{}", mail.id);
    let labelled = id.clone();
    let named = format!(" : {}", words.subject);
    Some(view! {
        <article class="card pad stack" aria-labelledby=labelled>
            <header>
                <h2 id=id>{text::french(&words.subject)}</h2>
                <p class="soft">{format!("Le {}, à {}", format::moment(mail.at), mail.to)}</p>
            </header>
            <p class="words">{words.text}</p>
            <p><a class="btn btn-s" href=routes::shown_mail(&mail.id)><Icon name=IconName::Eye />"Voir le message mis en forme"<span class="sr-only">{named}</span></a></p>
        </article>
    })
}
