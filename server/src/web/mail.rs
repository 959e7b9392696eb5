//! What a person receives by mail, turning it off by the link of a message, and what a demonstration
//! shows instead of sending.

use app::{
    mails::{Links, say},
    pages::{
        outbox::OutboxPage,
        preferences::{PreferencesPage, UnsubscribePage},
    },
    routes,
};
use axum::{
    body::Bytes,
    extract::{Path, Query, RawForm, State},
    http::{HeaderValue, header},
    response::{Html, IntoResponse, Redirect, Response},
};
use dossier::{
    notice::{Pace, Topic},
    role::Role,
};
use leptos::prelude::*;
use serde::Deserialize;
use service::{
    Actor,
    mail::{Queued, choosing},
};

use super::{
    Web,
    access::Signed,
    answer::{Refusal, page as dressed},
};
use crate::mailing::unsubscribe;

/// A message of a demonstration has colours of its own, and nothing else: no script, nothing loaded.
const MESSAGE_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; \
    frame-ancestors 'none'; base-uri 'none'";

/// Whether choices were just kept.
#[derive(Default, Deserialize)]
pub struct Saved {
    #[serde(default)]
    fait: String,
}

async fn email(web: &Web, actor: &Actor) -> Result<String, Refusal> {
    let account = web.services.store.account(&actor.account_id).await?;
    Ok(account.ok_or(Refusal::NotFound)?.email)
}

/// What a person receives.
pub async fn page(
    State(web): State<Web>,
    Signed(actor): Signed,
    Query(saved): Query<Saved>,
) -> Result<Html<String>, Refusal> {
    let choices = choosing::choices(&web.services, &actor).await?;
    // Who is told nothing chooses nothing.
    if choices.is_empty() || actor.role == Role::Guest {
        return Err(Refusal::NotFound);
    }
    let (email, outgoing) = (email(&web, &actor).await?, web.services.mail);
    let saved = !saved.fait.is_empty();
    let body = move || view! { <PreferencesPage choices email saved outgoing /> };
    Ok(dressed(&web, Some(actor), "Mes courriels", None, body))
}

/// Keeps what they choose.
pub async fn choose(
    State(web): State<Web>,
    Signed(actor): Signed,
    RawForm(body): RawForm,
) -> Result<Redirect, Refusal> {
    if actor.role == Role::Guest {
        return Err(Refusal::NotFound);
    }
    let mut wanted = Vec::new();
    for (name, value) in form_urlencoded::parse(&body) {
        // Another name or value is not one that the page offers.
        let one = Topic::from_code(&name).zip(Pace::from_code(&value));
        wanted.push(one.ok_or(Refusal::BadRequest)?);
    }
    choosing::choose(&web.services, &actor, &wanted).await?;
    Ok(Redirect::to(&format!("{}?fait=1", routes::PREFERENCES)))
}

/// Asks whether messages are to be turned off: opening a link changes nothing, whoever opens it.
pub async fn ask_off(
    State(web): State<Web>,
    Path(ticket): Path<String>,
) -> Result<Html<String>, Refusal> {
    show_off(&web, ticket, None).await
}

/// Turns messages off, or on again: by the button, or by the program of the reader (RFC 8058).
pub async fn turn(
    State(web): State<Web>,
    Path(ticket): Path<String>,
    body: Bytes,
) -> Result<Html<String>, Refusal> {
    // A program posts a form of either kind; ours is the one that says anything more.
    let off = !form_urlencoded::parse(&body).any(|(name, _)| name == "reprendre");
    choosing::turn(&web.services, &ticket, off).await?;
    show_off(&web, ticket, Some(off)).await
}

async fn show_off(web: &Web, ticket: String, done: Option<bool>) -> Result<Html<String>, Refusal> {
    let (_, topic) = choosing::holder(&web.services, &ticket).await?.ok_or(Refusal::NotFound)?;
    let action = routes::unsubscribe(&ticket);
    let body = move || view! { <UnsubscribePage topic done action /> };
    Ok(dressed(web, None, "Courriels de Trame", None, body))
}

/// What would have been sent to the person of a demonstration.
pub async fn outbox(
    State(web): State<Web>,
    Signed(actor): Signed,
) -> Result<Html<String>, Refusal> {
    let shown = shown(&web, &actor).await?;
    let mut mails = Vec::new();
    for mail in shown {
        let off = unsubscribe(&web.services, &mail, "").await?;
        mails.push((mail, off));
    }
    let email = email(&web, &actor).await?;
    let body = move || view! { <OutboxPage mails email /> };
    Ok(dressed(&web, Some(actor), "Courriels", None, body))
}

async fn shown(web: &Web, actor: &Actor) -> Result<Vec<Queued>, Refusal> {
    choosing::shown(&web.services, actor).await?.ok_or(Refusal::NotFound)
}

/// One of them, as a program that reads mail would show it.
pub async fn message(
    State(web): State<Web>,
    Signed(actor): Signed,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    let mail = shown(&web, &actor).await?.into_iter().find(|mail| mail.id == id);
    let mail = mail.ok_or(Refusal::NotFound)?;
    let letter = mail.letter.as_ref().ok_or(Refusal::NotFound)?;
    let off = unsubscribe(&web.services, &mail, "").await?;
    let words = say(letter, mail.at, Links { site: "", unsubscribe: off.as_deref() });
    let policy = (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(MESSAGE_POLICY));
    Ok(([policy], Html(words.html)).into_response())
}
