//! Envelopes over HTTP.

use app::{
    pages::envelopes::{
        Envelopes, EnvelopesPage,
        one::{OneEnvelope, OneEnvelopePage, Typed, sentence},
    },
    routes,
};
use axum::{
    Form, Router,
    extract::{Path, Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
    routing::get,
};
use dossier::{
    envelope::{Dotation, KINDS, SetRefused},
    place::Place,
};
use leptos::prelude::*;
use serde::Deserialize;
use service::{
    Actor, allotting,
    envelopes::{self, EnvelopeError},
};

use super::{
    Web,
    access::Signed,
    answer::{Refusal, page as dressed},
};

impl From<EnvelopeError> for Refusal {
    fn from(error: EnvelopeError) -> Self {
        match error {
            EnvelopeError::NotFound => Self::NotFound,
            EnvelopeError::Refused(_) | EnvelopeError::Changed => Self::BadRequest,
            EnvelopeError::Store(error) => error.into(),
        }
    }
}

/// Its pages: those of the main site, never of a space.
pub fn routes() -> Router<Web> {
    Router::new()
        .route("/enveloppes", get(page))
        .route("/enveloppes/{place}/{kind}", get(one).post(set))
}

/// What the address asks.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    annee: String,
    #[serde(rename = "type")]
    kind: String,
    region: String,
    fait: String,
}

/// A year that one may look at: any of this century that is written.
pub fn year(web: &Web, asked: &str) -> Result<i32, Refusal> {
    match asked_year(asked) {
        Some(year) => Ok(year),
        None => Ok(envelopes::usual_year(&web.services)?),
    }
}

/// The same, where one is written.
pub fn asked_year(asked: &str) -> Option<i32> {
    asked.parse().ok().filter(|year| (2_000..2_100).contains(year))
}

async fn page(
    State(web): State<Web>,
    Signed(actor): Signed,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    Ok(shown(&web, actor, &asked, None).await?.into_response())
}

/// The page, with why a simulation was not made.
pub async fn shown_refusing(
    web: &Web,
    actor: Actor,
    year: i32,
    refused: (&'static str, String),
) -> Result<Response, Refusal> {
    let asked = Asked { annee: year.to_string(), ..Asked::default() };
    let html = shown(web, actor, &asked, Some(refused)).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response())
}

async fn shown(
    web: &Web,
    actor: Actor,
    asked: &Asked,
    refused: Option<(&'static str, String)>,
) -> Result<impl IntoResponse, Refusal> {
    let services = &web.services;
    let year = year(web, &asked.annee)?;
    let book = envelopes::book(services, &actor, year).await?;
    let usual = envelopes::usual_year(services)?;
    let mut years = vec![usual - 2, usual - 1, usual, usual + 1];
    if !years.contains(&year) {
        years.push(year);
    }
    let region = Place::from_code(&asked.region).filter(|place| book.places.contains(place));
    let envelopes = Envelopes {
        allotments: allotting::list(services, &actor, year).await?,
        kind: KINDS.into_iter().find(|kind| *kind == asked.kind).map(str::to_owned),
        actor: actor.clone(),
        book,
        years,
        region,
        refused,
    };
    Ok(dressed(web, Some(actor), "Enveloppes", None, move || view! { <EnvelopesPage envelopes /> }))
}

/// Which envelope.
fn named(place: &str, kind: &str) -> Result<(Place, &'static str), Refusal> {
    let place = Place::from_code(place).ok_or(Refusal::NotFound)?;
    let kind = KINDS.into_iter().find(|one| *one == kind).ok_or(Refusal::NotFound)?;
    Ok((place, kind))
}

async fn one(
    State(web): State<Web>,
    Signed(actor): Signed,
    Path((place, kind)): Path<(String, String)>,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    let (place, kind) = named(&place, &kind)?;
    let year = year(&web, &asked.annee)?;
    let done = asked.fait == "oui";
    Ok(one_shown(&web, actor, (year, place, kind), None, done).await?.into_response())
}

async fn one_shown(
    web: &Web,
    actor: Actor,
    (year, place, kind): (i32, Place, &str),
    refused: Option<(String, Typed)>,
    done: bool,
) -> Result<impl IntoResponse, Refusal> {
    let book = envelopes::book(&web.services, &actor, year).await?;
    let envelope = book.of(&place, kind).ok_or(Refusal::NotFound)?.clone();
    let theirs = |one: &&service::envelopes::Change| one.place == place && one.kind == kind;
    let changes = book.changes.iter().filter(theirs).rev().cloned().collect();
    let editable = envelopes::may_edit(&actor, &place);
    let one = OneEnvelope { year, envelope, changes, editable, refused, done };
    Ok(dressed(web, Some(actor), "Enveloppe", None, move || view! { <OneEnvelopePage one /> }))
}

/// What is posted of an envelope.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Posted {
    etp: String,
    euros: String,
    raison: String,
    vu: String,
}

async fn set(
    State(web): State<Web>,
    Signed(actor): Signed,
    Path((place, kind)): Path<(String, String)>,
    Query(asked): Query<Asked>,
    Form(posted): Form<Posted>,
) -> Result<Response, Refusal> {
    let (place, kind) = named(&place, &kind)?;
    let year = year(&web, &asked.annee)?;
    if !envelopes::may_edit(&actor, &place) {
        return Err(Refusal::NotFound);
    }
    let seen = posted.vu.parse().map_err(|_| Refusal::BadRequest)?;
    let done = match Dotation::read(&posted.etp, &posted.euros) {
        Some(to) => {
            let what = (year, kind, &place);
            envelopes::set(&web.services, &actor, what, (to, &posted.raison), seen).await
        }
        None => Err(EnvelopeError::Refused(SetRefused::BadAmount)),
    };
    let (status, why) = match done {
        Ok(()) => {
            let there = routes::envelope(&place.code(), kind, year);
            return Ok(Redirect::to(&format!("{there}&fait=oui")).into_response());
        }
        Err(EnvelopeError::Refused(why)) => (StatusCode::UNPROCESSABLE_ENTITY, sentence(why)),
        Err(EnvelopeError::Changed) => (
            StatusCode::CONFLICT,
            "Une autre personne a changé cette enveloppe entre-temps : voici ses chiffres dans l'historique. Relisez, puis enregistrez les vôtres si besoin.".to_owned(),
        ),
        Err(error) => return Err(error.into()),
    };
    let typed = Typed { etp: posted.etp, euros: posted.euros, reason: posted.raison };
    let html = one_shown(&web, actor, (year, place, kind), Some((why, typed)), false).await?;
    Ok((status, html).into_response())
}
