//! Signing in and out.

use app::{
    pages::{
        second_factor::Waiting,
        sign_in::{SignIn, SignInPage},
    },
    routes,
};
use axum::{
    Form,
    extract::{Query, State},
    http::{HeaderMap, StatusCode, header},
    response::{AppendHeaders, IntoResponse, Redirect, Response},
};
use dossier::role::Scope;
use leptos::prelude::*;
use serde::Deserialize;
use service::{
    Actor, federation,
    sessions::{self, Passed, Seen, SignInError, SignedIn},
};

use super::{
    Web,
    access::{Signed, set_cookie, token},
    answer::{Refusal, page as dressed},
    federation::lead,
    limits::Client,
    second_factor,
};
use crate::limits::{Class, Who};

/// Where to go afterwards.
#[derive(Default, Deserialize)]
pub struct Back {
    #[serde(default)]
    retour: String,
    /// Said when somebody comes back signed out.
    #[serde(default)]
    fin: String,
}

/// An address and a password.
#[derive(Deserialize)]
pub struct Password {
    courriel: String,
    mot_de_passe: String,
    #[serde(default)]
    retour: String,
    #[serde(default)]
    partage: String,
}

/// A persona of the demonstration.
#[derive(Deserialize)]
pub struct Persona {
    compte: String,
    #[serde(default)]
    retour: String,
    #[serde(default)]
    partage: String,
}

/// The page; somebody signed in already goes on.
pub async fn page(
    State(web): State<Web>,
    signed: Option<Signed>,
    Query(back): Query<Back>,
) -> Result<Response, Refusal> {
    if let Some(Signed(actor)) = signed {
        return Ok(Redirect::to(&after(&back.retour, &actor)).into_response());
    }
    let left = !back.fin.is_empty();
    show(&web, SignIn { back: back.retour, left, ..SignIn::default() }).await
}

async fn show(web: &Web, page: SignIn) -> Result<Response, Refusal> {
    let refused = page.refused || page.is_over;
    let personas = sessions::personas(&web.services).await?;
    let provider = web.services.provider.is_some().then(|| web.provider_name.clone());
    let page = SignIn { personas, provider, ..page };
    let html = dressed(web, None, "Connexion", None, move || view! { <SignInPage page /> });
    let status = if refused { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Ok((status, html).into_response())
}

/// The page again, when a sign-in waited too long for its code.
pub async fn again(web: &Web, back: String) -> Result<Response, Refusal> {
    show(web, SignIn { back, is_over: true, ..SignIn::default() }).await
}

/// By address and password.
pub async fn by_password(
    State(web): State<Web>,
    client: Client,
    headers: HeaderMap,
    Form(form): Form<Password>,
) -> Result<Response, Refusal> {
    // Counted before anything is verified: an address that has no account counts like another.
    let email = form.courriel.trim().to_lowercase();
    let counted = web.limits.take(Class::Password, Who::Person(&email), web.services.now());
    counted.map_err(|seconds| Refusal::TooMany { seconds })?;
    match sessions::sign_in(&web.services, &form.courriel, &form.mot_de_passe).await {
        Ok(Passed::Whole(signed)) => {
            let how = Welcome::here(&signed, &form.retour, &form.partage);
            welcome(&web, &headers, client, how).await
        }
        Ok(Passed::Half(token)) => {
            let (back, shared) = (form.retour, !form.partage.is_empty());
            Ok(second_factor::ask(&web, Waiting { token, back, shared, refused: false }))
        }
        Err(SignInError::Refused) => {
            let (back, email) = (form.retour, form.courriel);
            show(&web, SignIn { back, email, refused: true, ..SignIn::default() }).await
        }
        Err(SignInError::Store(error)) => Err(error.into()),
    }
}

/// As a persona, in a demonstration only.
pub async fn as_persona(
    State(web): State<Web>,
    client: Client,
    headers: HeaderMap,
    Form(form): Form<Persona>,
) -> Result<Response, Refusal> {
    match sessions::sign_in_as_persona(&web.services, &form.compte.as_str().into()).await {
        Ok(signed) => {
            let how = Welcome::here(&signed, &form.retour, &form.partage);
            welcome(&web, &headers, client, how).await
        }
        Err(SignInError::Refused) => Err(Refusal::NotFound),
        Err(SignInError::Store(error)) => Err(error.into()),
    }
}

/// Ends the session.
pub async fn out(State(web): State<Web>, headers: HeaderMap) -> Result<Response, Refusal> {
    let mut elsewhere = None;
    if let Some(token) = token(&headers, &web) {
        elsewhere = federation::farewell(&web.services, token).await?;
        sessions::sign_out(&web.services, token).await?;
    }
    // The service worker forgets the pages; what was not sent stays on the device, by account.
    let cookie = [(header::SET_COOKIE, set_cookie(None, web.secure))];
    let next = match elsewhere {
        Some(address) => lead(&web, &address, true),
        None => Redirect::to(routes::SIGN_IN).into_response(),
    };
    Ok((cookie, next).into_response())
}

/// How somebody signed in.
pub struct Welcome<'a> {
    /// The new session.
    pub signed: &'a SignedIn,
    /// Where the person wanted to go.
    pub back: &'a str,
    /// Whether the computer is not their own.
    pub shared: bool,
    /// The signed token of the provider, if one said who that is.
    pub id_token: Option<String>,
}

impl<'a> Welcome<'a> {
    /// By an account of ours; `partage` is the box of a shared computer, as it is posted.
    pub fn here(signed: &'a SignedIn, back: &'a str, partage: &str) -> Self {
        Self { signed, back, shared: !partage.is_empty(), id_token: None }
    }
}

/// Gives a browser its new session. The one that it had before ends: nobody goes on with a token that
/// was there before they signed in.
pub async fn welcome(
    web: &Web,
    headers: &HeaderMap,
    client: Client,
    how: Welcome<'_>,
) -> Result<Response, Refusal> {
    let Welcome { signed, back, shared, id_token } = how;
    if let Some(before) = token(headers, web).filter(|before| *before != signed.token) {
        sessions::sign_out(&web.services, before).await?;
    }
    let seen = Seen { browser: client.browser, address: client.address, id_token };
    sessions::note_seen(&web.services, &signed.token, &seen).await?;
    let cookie = AppendHeaders([
        (header::SET_COOKIE, set_cookie(Some(&signed.token), web.secure)),
        (header::SET_COOKIE, set_shared(shared)),
    ]);
    let joins = back.starts_with("/rejoindre/");
    let to = if is_nowhere(&signed.actor) && !joins {
        routes::TEAM.to_owned()
    } else {
        after(back, &signed.actor)
    };
    Ok((cookie, Redirect::to(&to)).into_response())
}

/// Whether somebody of structures belongs to none yet: their page says what they wait for.
fn is_nowhere(actor: &Actor) -> bool {
    matches!(&actor.scope, Scope::Structures(within) if within.is_empty())
}

/// Tells the scripts of the pages to keep nothing on this device; it is no secret.
pub fn set_shared(shared: bool) -> String {
    let age = if shared { 604_800 } else { 0 };
    format!("trame-partage=1; Path=/; SameSite=Lax; Max-Age={age}")
}

/// Only paths of this site: an address elsewhere leads home.
fn after(back: &str, actor: &Actor) -> String {
    let ours =
        back.starts_with('/') && !back.starts_with("//") && !back.contains(['\\', '\r', '\n']);
    if ours && back != "/" { back.to_owned() } else { app::shell::home_of(actor).0 }
}
