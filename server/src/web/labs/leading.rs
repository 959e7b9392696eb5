//! The pages of who leads sessions.

use app::{
    pages::labs::{
        cockpit::{Cockpit, CockpitPage, ProjectedPage},
        list::{LabsPage, NewLabPage},
    },
    routes,
};
use axum::{
    Form,
    extract::{Path, Query, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use dossier::{lab::Seat, role::Role};
use form::Date;
use leptos::prelude::*;
use serde::Deserialize;
use service::{
    Actor, LabId, forms,
    labs::{
        Lab, LabError,
        leading::{self, Gesture, NewLab},
    },
};

use super::sentence;
use crate::web::{
    Web,
    access::Signed,
    answer::{Refusal, page as dressed},
    qr::qr,
};

/// The sessions.
pub async fn list(State(web): State<Web>, Signed(actor): Signed) -> Result<Response, Refusal> {
    let labs = leading::list(&web.services, &actor).await?;
    let (leads, now) = (actor.role == Role::Facilitator, web.services.now());
    web.spaces.keep_only(&labs, now).await;
    let html = dressed(&web, Some(actor), "Ateliers", None, move || {
        view! { <LabsPage labs leads now /> }
    });
    Ok(html.into_response())
}

/// What a new session is proposed with.
const TASKS: &str = "Confirmer ce qui n'a pas changé depuis l'an dernier\nCorriger une valeur reprise qui est fausse\nCompléter ce qui manque et regarder le récapitulatif";

/// Which form it is to try.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Trying {
    formulaire: String,
}

/// The form that prepares one.
pub async fn new(
    State(web): State<Web>,
    Signed(actor): Signed,
    Query(Trying { formulaire }): Query<Trying>,
) -> Result<Response, Refusal> {
    let new = NewLab {
        form: formulaire,
        day: web.services.clock.today(),
        seats: Seat::ALL.to_vec(),
        tasks: TASKS.to_owned(),
        ..NewLab::default()
    };
    show_new(&web, actor, new, None).await
}

async fn show_new(
    web: &Web,
    actor: Actor,
    new: NewLab,
    refused: Option<&'static str>,
) -> Result<Response, Refusal> {
    let choices = leading::choices(&web.services, &actor).await?;
    let html = dressed(web, Some(actor), "Préparer un atelier", None, move || {
        view! { <NewLabPage new choices refused /> }
    });
    let status = if refused.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Ok((status, html).into_response())
}

/// A session to prepare, as it is posted.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Posted {
    titre: String,
    lieu: String,
    jour: String,
    formulaire: String,
    structure: String,
    agent: String,
    taches: String,
}

/// Prepares one.
pub async fn prepare(
    State(web): State<Web>,
    Signed(actor): Signed,
    Form(posted): Form<Posted>,
) -> Result<Response, Refusal> {
    let ticked = [(Seat::Structure, &posted.structure), (Seat::Agent, &posted.agent)];
    let seats = ticked.into_iter().filter(|(_, said)| *said == "oui").map(|(seat, _)| seat);
    let new = NewLab {
        seats: seats.collect(),
        title: posted.titre,
        place: posted.lieu,
        day: Date::parse_iso(&posted.jour),
        form: posted.formulaire,
        tasks: posted.taches,
    };
    match leading::prepare(&web.services, &actor, &new).await {
        Ok(id) => Ok(Redirect::to(&routes::lab(id.as_str())).into_response()),
        Err(LabError::Incomplete(lacks)) => show_new(&web, actor, new, Some(sentence(lacks))).await,
        Err(error) => Err(error.into()),
    }
}

/// Where one comes in: the address as this very request reached us.
fn address(web: &Web, headers: &HeaderMap, lab: &Lab) -> String {
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let scheme = if web.secure { "https" } else { "http" };
    format!("{scheme}://{host}{}", routes::join(&lab.code))
}

async fn cockpit_of(
    web: &Web,
    actor: &Actor,
    headers: &HeaderMap,
    id: &str,
) -> Result<Cockpit, Refusal> {
    leading::one(&web.services, actor, &LabId::from(id)).await?;
    let (lab, heard) = leading::heard(&web.services, actor, &id.into()).await?;
    let choices = leading::choices(&web.services, actor).await?;
    let variant = choices.into_iter().find(|choice| choice.key == lab.form);
    let address = address(web, headers, &lab);
    Ok(Cockpit {
        form: forms::of(&web.services, &lab.form).await?.revision,
        variant: variant.map(|choice| choice.title).unwrap_or_default(),
        qr: qr(&address),
        address: address.split_once("://").map(|(_, rest)| rest.to_owned()).unwrap_or_default(),
        now: web.services.now(),
        version: web.assets.version.clone(),
        lab,
        heard,
    })
}

/// The cockpit.
pub async fn cockpit(
    State(web): State<Web>,
    Signed(actor): Signed,
    headers: HeaderMap,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    let cockpit = cockpit_of(&web, &actor, &headers, &id).await?;
    let title = cockpit.lab.title.clone();
    let html = dressed(&web, Some(actor), &title, None, move || {
        view! { <CockpitPage cockpit /> }
    });
    Ok(html.into_response())
}

/// What is projected in the room.
pub async fn projected(
    State(web): State<Web>,
    Signed(actor): Signed,
    headers: HeaderMap,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    let cockpit = cockpit_of(&web, &actor, &headers, &id).await?;
    let title = cockpit.lab.title.clone();
    let html = dressed(&web, Some(actor), &title, None, move || {
        view! { <ProjectedPage cockpit /> }
    });
    Ok(html.into_response())
}

/// A gesture, as it is posted.
#[derive(Deserialize)]
pub struct Act {
    geste: String,
    #[serde(default)]
    minutes: String,
}

/// Opens, closes, resets; votes; the timer.
pub async fn act(
    State(web): State<Web>,
    Signed(actor): Signed,
    Path(id): Path<String>,
    Form(posted): Form<Act>,
) -> Result<Redirect, Refusal> {
    let minutes = || posted.minutes.trim().parse().map_err(|_| Refusal::BadRequest);
    let gesture = match posted.geste.as_str() {
        "ouvrir" => Gesture::Open,
        "terminer" => Gesture::Close,
        "remettre" => Gesture::Reset,
        "ouvrir-votes" => Gesture::Votes(true),
        "fermer-votes" => Gesture::Votes(false),
        "minuteur" => Gesture::Timer(minutes()?),
        "prolonger" => Gesture::Longer(minutes()?),
        "arreter" => Gesture::NoTimer,
        _ => return Err(Refusal::BadRequest),
    };
    let key = LabId::from(id.as_str());
    let lab = leading::one(&web.services, &actor, &key).await?;
    if gesture == Gesture::Open {
        // Before anybody waits for it; and an open session always has a space.
        web.spaces.prepare(&web, &lab).await.map_err(|error| {
            tracing::error!(%error, "a space cannot be prepared");
            Refusal::Unavailable
        })?;
    }
    let lab = leading::act(&web.services, &actor, &key, gesture).await?;
    if gesture == Gesture::Reset {
        web.spaces.of(&web, &lab).await.map_err(|error| {
            tracing::error!(%error, "a space cannot be reset");
            Refusal::Unavailable
        })?;
    }
    Ok(Redirect::to(&routes::lab(&id)))
}
