//! Signing in and out.

use app::{
    pages::sign_in::{SignIn, SignInPage},
    routes,
};
use axum::{
    Form,
    extract::{Query, State},
    http::{HeaderMap, StatusCode, header},
    response::{AppendHeaders, IntoResponse, Redirect, Response},
};
use leptos::prelude::*;
use serde::Deserialize;
use service::{
    Actor,
    sessions::{self, SignInError, SignedIn},
};

use super::{
    Web,
    access::{Signed, set_cookie, token},
    answer::{Refusal, page as dressed},
};

/// Where to go afterwards.
#[derive(Default, Deserialize)]
pub struct Back {
    #[serde(default)]
    retour: String,
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
    show(&web, back.retour, String::new(), false).await
}

async fn show(web: &Web, back: String, email: String, refused: bool) -> Result<Response, Refusal> {
    let personas = sessions::personas(&web.services).await?;
    let page = SignIn { personas, email, refused, back };
    let html = dressed(web, None, "Connexion", None, move || view! { <SignInPage page /> });
    let status = if refused { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Ok((status, html).into_response())
}

/// By address and password.
pub async fn by_password(
    State(web): State<Web>,
    Form(form): Form<Password>,
) -> Result<Response, Refusal> {
    match sessions::sign_in(&web.services, &form.courriel, &form.mot_de_passe).await {
        Ok(signed) => Ok(welcome(&web, &signed, &form.retour, &form.partage)),
        Err(SignInError::Refused) => show(&web, form.retour, form.courriel, true).await,
        Err(SignInError::Store(error)) => Err(error.into()),
    }
}

/// As a persona, in a demonstration only.
pub async fn as_persona(
    State(web): State<Web>,
    Form(form): Form<Persona>,
) -> Result<Response, Refusal> {
    match sessions::sign_in_as_persona(&web.services, &form.compte.as_str().into()).await {
        Ok(signed) => Ok(welcome(&web, &signed, &form.retour, &form.partage)),
        Err(SignInError::Refused) => Err(Refusal::NotFound),
        Err(SignInError::Store(error)) => Err(error.into()),
    }
}

/// Ends the session.
pub async fn out(State(web): State<Web>, headers: HeaderMap) -> Result<Response, Refusal> {
    if let Some(token) = token(&headers, &web) {
        sessions::sign_out(&web.services, token).await?;
    }
    // The service worker forgets the pages; what was not sent stays on the device, by account.
    let cookie = [(header::SET_COOKIE, set_cookie(None, web.secure))];
    Ok((cookie, Redirect::to(routes::SIGN_IN)).into_response())
}

/// `shared` is not empty when the person said that the computer is not their own.
fn welcome(web: &Web, signed: &SignedIn, back: &str, shared: &str) -> Response {
    let cookie = AppendHeaders([
        (header::SET_COOKIE, set_cookie(Some(&signed.token), web.secure)),
        (header::SET_COOKIE, set_shared(!shared.is_empty())),
    ]);
    (cookie, Redirect::to(&after(back, &signed.actor))).into_response()
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
