//! Who asks: the session cookie, read once per request.

use axum::{
    extract::{FromRef, FromRequestParts, OptionalFromRequestParts},
    http::{HeaderMap, header, request::Parts},
};
use service::{Actor, sessions};

use super::{Web, answer::Refusal};

/// Name of the cookie; the prefix makes browsers refuse it from anywhere but this very site.
pub fn cookie_name(secure: bool) -> &'static str {
    if secure { "__Host-trame" } else { "trame" }
}

/// A signed-in person. Without one, a page leads to signing in and comes back.
pub struct Signed(pub Actor);

impl<S> FromRequestParts<S> for Signed
where
    Web: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Refusal> {
        let back = parts.uri.path_and_query().map_or("/", |p| p.as_str()).to_owned();
        let found = <Self as OptionalFromRequestParts<S>>::from_request_parts(parts, state).await?;
        if let Some(signed) = found {
            return Ok(signed);
        }
        let web = Web::from_ref(state);
        let past_guest = match token(&parts.headers, &web) {
            Some(token) => sessions::is_of_past_guest(&web.services, token).await?,
            None => false,
        };
        Err(if past_guest { Refusal::Ended } else { Refusal::SignedOut { back } })
    }
}

impl<S> OptionalFromRequestParts<S> for Signed
where
    Web: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Option<Self>, Refusal> {
        let web = Web::from_ref(state);
        let Some(token) = token(&parts.headers, &web) else { return Ok(None) };
        Ok(sessions::actor(&web.services, token).await?.map(Self))
    }
}

/// The token of the session cookie: in a space, that of the participant.
pub fn token<'a>(headers: &'a HeaderMap, web: &Web) -> Option<&'a str> {
    let name =
        if web.is_space() { super::labs::cookie_name(web.secure) } else { cookie_name(web.secure) };
    cookie(headers, name)
}

/// A cookie.
pub fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, _)| *key == name)
        .map(|(_, token)| token)
}

/// The header that gives a browser its token, or takes it away (`None`).
pub fn set_cookie(token: Option<&str>, secure: bool) -> String {
    let name = cookie_name(secure);
    let only = if secure { "; Secure" } else { "" };
    match token {
        Some(token) => {
            format!("{name}={token}; Path=/; HttpOnly; SameSite=Lax; Max-Age=604800{only}")
        }
        None => format!("{name}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0{only}"),
    }
}
