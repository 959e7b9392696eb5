//! Coming in by a code, one's place, leaving.

use app::{
    pages::labs::joining::{CodePage, JoinPage, Place, PlacePage},
    routes,
};
use axum::{
    Form,
    extract::{FromRequestParts, Path, State},
    http::{HeaderMap, StatusCode, request::Parts},
    response::{IntoResponse, Redirect, Response},
};
use dossier::lab::Seat;
use leptos::prelude::*;
use serde::Deserialize;
use service::labs::{
    Lab, LabError, Participant,
    joining::{self, Wish},
    remarks,
};

use super::{cookies_in, cookies_out, sentence, token, with_cookies};
use crate::web::{
    Web,
    answer::{Refusal, page as dressed},
};

/// Somebody who has a place, with the session; without one, a page leads to typing the code.
pub struct Placed {
    /// The session.
    pub lab: Lab,
    /// Who.
    pub who: Participant,
    /// The token of the place.
    pub token: String,
}

impl FromRequestParts<Web> for Placed {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Self, Response> {
        let token = token(&parts.headers, web.secure).map(str::to_owned);
        let token = token.ok_or_else(|| Redirect::to(routes::SEAT).into_response())?;
        match joining::behind(&web.services, &token).await {
            Ok(Some((lab, who))) => Ok(Self { lab, who, token }),
            Ok(None) => Err(Redirect::to(routes::SEAT).into_response()),
            Err(error) => Err(Refusal::from(error).into_response()),
        }
    }
}

/// What the page of the code says.
fn ask_code(web: &Web, refused: Option<String>) -> Response {
    let status = if refused.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let html = dressed(web, None, "Rejoindre un atelier", None, move || {
        view! { <CodePage refused /> }
    });
    (status, html).into_response()
}

/// A code, as it is posted.
#[derive(Deserialize)]
pub struct Code {
    #[serde(default)]
    code: String,
}

/// Goes on with a code that was typed.
pub async fn typed(State(web): State<Web>, Form(posted): Form<Code>) -> Result<Response, Refusal> {
    match joining::door(&web.services, &posted.code).await {
        Ok(lab) => Ok(Redirect::to(&routes::join(&lab.code)).into_response()),
        Err(LabError::NotFound) => Ok(ask_code(&web, Some(posted.code))),
        Err(error) => Err(error.into()),
    }
}

/// The page where a place is taken; who has one goes there.
pub async fn page(
    State(web): State<Web>,
    Path(code): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let lab = joining::door(&web.services, &code).await?;
    if let Some(token) = token(&headers, web.secure)
        && let Some((known, _)) = joining::behind(&web.services, token).await?
        && known.id == lab.id
    {
        return Ok(Redirect::to(routes::SEAT).into_response());
    }
    if !lab.is_open(web.services.now()) {
        return Err(Refusal::LabOver);
    }
    let name = joining::free_name(&web.services, &lab).await?;
    Ok(show(&web, lab, Wish { name, ..Wish::default() }, None))
}

fn show(web: &Web, lab: Lab, wish: Wish, refused: Option<&'static str>) -> Response {
    let status = if refused.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let html = dressed(web, None, "Rejoindre un atelier", None, move || {
        view! { <JoinPage lab wish refused /> }
    });
    (status, html).into_response()
}

/// Who wants to come in, as it is posted.
#[derive(Deserialize)]
pub struct Posted {
    #[serde(default)]
    pseudonyme: String,
    #[serde(default)]
    cote: String,
    #[serde(default)]
    consentement: String,
}

/// Takes a place, and seats the person in the space at once.
pub async fn join(
    State(web): State<Web>,
    Path(code): Path<String>,
    headers: HeaderMap,
    Form(posted): Form<Posted>,
) -> Result<Response, Refusal> {
    let lab = joining::door(&web.services, &code).await?;
    let wish = Wish {
        name: posted.pseudonyme,
        seat: Seat::from_code(&posted.cote),
        consents: posted.consentement == "oui",
    };
    let seated = match joining::join(&web.services, &lab, &wish).await {
        Ok(seated) => seated,
        Err(LabError::Incomplete(lacks)) => {
            return Ok(show(&web, lab, wish, Some(sentence(lacks))));
        }
        Err(LabError::Full) => {
            let full = "Cet atelier est complet. Dites-le à l'animateur.";
            return Ok(show(&web, lab, wish, Some(full)));
        }
        Err(error) => return Err(error.into()),
    };
    sit(&web, &lab, &seated.participant, &seated.token).await?;
    // A place that was held before is left.
    if let Some(before) = token(&headers, web.secure)
        && let Some((_, who)) = joining::behind(&web.services, before).await?
    {
        joining::leave(&web.services, &who.id).await?;
    }
    let cookies = cookies_in(&headers, &seated.token, web.secure);
    Ok(with_cookies(Redirect::to(routes::SEAT).into_response(), cookies))
}

async fn sit(web: &Web, lab: &Lab, who: &Participant, token: &str) -> Result<(), Refusal> {
    let seated = async { web.spaces.of(web, lab).await?.seat(who, token).await };
    seated.await.map_err(|error| {
        tracing::error!(%error, "nobody can be seated in a space");
        Refusal::Unavailable
    })
}

/// One's place; without one, the code is asked.
pub async fn place(State(web): State<Web>, headers: HeaderMap) -> Result<Response, Refusal> {
    let found = match token(&headers, web.secure) {
        Some(token) => joining::behind(&web.services, token).await?,
        None => None,
    };
    let Some((lab, who)) = found else { return Ok(ask_code(&web, None)) };
    let now = web.services.now();
    if who.page != "atelier" {
        joining::seen(&web.services, &who.id, "atelier").await?;
    }
    let heard = web.services.store.heard(&lab.id).await?;
    let place = Place {
        open: lab.is_open(now),
        hears: lab.hears(now),
        done: heard.done.iter().filter(|done| done.by == who.id).map(|done| done.task).collect(),
        remarks: remarks::read(&web.services, &lab, &who).await?,
        answered: heard.surveys.iter().any(|survey| survey.by == who.id),
        lab,
        who,
    };
    let html = dressed(&web, None, "Votre place dans l'atelier", None, move || {
        view! { <PlacePage place /> }
    });
    Ok(html.into_response())
}

/// Takes the place again, after a reset.
pub async fn again(
    State(web): State<Web>,
    Placed { lab, who, token }: Placed,
) -> Result<Redirect, Refusal> {
    if !lab.is_open(web.services.now()) {
        return Err(Refusal::LabOver);
    }
    sit(&web, &lab, &who, &token).await?;
    joining::seat_again(&web.services, &lab, &who).await?;
    Ok(Redirect::to(routes::SEAT))
}

/// Leaves: the cookies go, and with them all that this device had of the session.
pub async fn leave(State(web): State<Web>, headers: HeaderMap) -> Result<Response, Refusal> {
    if let Some(token) = token(&headers, web.secure)
        && let Some((_, who)) = joining::behind(&web.services, token).await?
    {
        joining::leave(&web.services, &who.id).await?;
    }
    let out = cookies_out(&headers, web.secure);
    Ok(with_cookies(Redirect::to(routes::SEAT).into_response(), out))
}
