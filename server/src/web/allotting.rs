//! Simulations within envelopes over HTTP.

mod choosing;
mod proposing;

use app::{
    pages::allotting::{
        Simulation, SimulationPage, Unkept, address::Sifting, comparing::ComparingPage, file::file,
    },
    routes,
};
use axum::{
    Form, Router,
    extract::{Path, Query, State},
    http::StatusCode,
    response::{Html, IntoResponse, Redirect, Response},
    routing::{get, post},
};
use dossier::{
    id::AllotmentId,
    place::Place,
    right::{EnvelopeRight, allows_envelope},
};
use leptos::prelude::*;
use serde::Deserialize;
use service::{
    Actor,
    allotting::{self, AllotError, New, Opened},
};

use super::{
    Web,
    access::Signed,
    answer::{CSV, Refusal, download, page as dressed},
    envelopes::{shown_refusing, year},
};

impl From<AllotError> for Refusal {
    fn from(error: AllotError) -> Self {
        match error {
            AllotError::NotFound => Self::NotFound,
            AllotError::BadName | AllotError::BadChoice => Self::BadRequest,
            AllotError::Store(error) => error.into(),
        }
    }
}

/// Its pages: those of the main site, never of a space.
pub fn routes() -> Router<Web> {
    Router::new()
        .route("/simulations", post(create))
        .route("/simulations/{id}", get(page))
        .route("/simulations/{id}/choix", post(choosing::choose))
        .route("/simulations/{id}/reste", post(choosing::grant_the_rest))
        .route("/simulations/{id}/annuler", post(choosing::undo))
        .route("/simulations/{id}/gestes", post(gesture))
        .route("/simulations/{id}/comparaison", get(compare))
        .route("/simulations/{id}/csv", get(csv))
        .route("/simulations/{id}/propositions", get(proposing::before).post(proposing::propose))
        .route("/simulations/{id}/propositions/{run}", get(proposing::run))
        .route("/simulations/{id}/propositions/{run}/reprise", post(proposing::take_back))
}

const NO_NAME: &str = "Donnez un nom à la simulation, en 80 caractères au plus.";

async fn create(
    State(web): State<Web>,
    Signed(actor): Signed,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, Refusal> {
    let value = |name: &str| {
        pairs
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.clone())
            .unwrap_or_default()
    };
    let year = year(&web, &value("annee"))?;
    let place = Place::from_code(&value("lieu")).ok_or(Refusal::NotFound)?;
    let kinds = pairs.iter().filter(|(key, _)| key == "type").map(|(_, kind)| kind.clone());
    let new = New { name: value("nom"), year, kinds: kinds.collect(), place };
    let typed = new.name.clone();
    let why = match allotting::create(&web.services, &actor, new).await {
        Ok(id) => return Ok(Redirect::to(&routes::simulation(id.as_str())).into_response()),
        Err(AllotError::BadName) => NO_NAME,
        Err(AllotError::BadChoice) => "Cochez au moins un type de structures.",
        Err(error) => return Err(error.into()),
    };
    shown_refusing(&web, actor, year, (why, typed)).await
}

async fn page(
    State(web): State<Web>,
    Signed(actor): Signed,
    Path(id): Path<String>,
    Query(sifting): Query<Sifting>,
) -> Result<Response, Refusal> {
    let opened = allotting::open(&web.services, &actor, &id.as_str().into()).await?;
    let told = match sifting.fait.as_str() {
        "annule" => Some("C'est annulé."),
        "rien" => Some(
            "Rien n'a changé : un collègue a choisi autre chose depuis, ou tout était déjà vu.",
        ),
        "choisi" => Some("C'est enregistré."),
        "nomme" => Some("La simulation est renommée."),
        "copie" => Some("Voici la copie, avec les mêmes choix."),
        _ => None,
    };
    Ok(shown(&web, actor, opened, sifting, None, told).await?.into_response())
}

async fn shown(
    web: &Web,
    actor: Actor,
    opened: Opened,
    sifting: Sifting,
    unkept: Option<Unkept>,
    told: Option<&'static str>,
) -> Result<Html<String>, Refusal> {
    let allotment = &opened.allotment;
    let others = allotting::list(&web.services, &actor, allotment.year).await?;
    let beside = |one: &allotting::Allotment| {
        one.id != allotment.id && one.place == allotment.place && one.aside_at.is_none()
    };
    let others = others.into_iter().filter(beside).collect();
    let title = allotment.name.clone();
    let simulation = Simulation {
        proposes: allows_envelope(actor.role, EnvelopeRight::Propose),
        actor: actor.clone(),
        opened,
        sifting,
        others,
        unkept,
        told,
        version: web.assets.version.clone(),
    };
    Ok(dressed(web, Some(actor), &title, None, move || view! { <SimulationPage simulation /> }))
}

/// What is done to a simulation as a whole.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Managed {
    geste: String,
    nom: String,
}

async fn gesture(
    State(web): State<Web>,
    Signed(actor): Signed,
    Path(id): Path<String>,
    Form(managed): Form<Managed>,
) -> Result<Response, Refusal> {
    let (services, id) = (&web.services, AllotmentId::from(id));
    let there = |fait: &str| format!("{}?fait={fait}", routes::simulation(id.as_str()));
    let done = match managed.geste.as_str() {
        "renommer" => {
            allotting::rename(services, &actor, &id, &managed.nom).await.map(|()| there("nomme"))
        }
        "copier" => allotting::copy(services, &actor, &id, &managed.nom)
            .await
            .map(|copy| format!("{}?fait=copie", routes::simulation(copy.as_str()))),
        "ranger" | "sortir" => {
            let aside = managed.geste == "ranger";
            allotting::put_aside(services, &actor, &id, aside).await.map(|()| there(""))
        }
        _ => return Err(Refusal::BadRequest),
    };
    match done {
        Ok(there) => Ok(Redirect::to(&there).into_response()),
        Err(AllotError::BadName) => {
            let opened = allotting::open(services, &actor, &id).await?;
            let html = shown(&web, actor, opened, Sifting::default(), None, Some(NO_NAME)).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

/// With which other one.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Beside {
    avec: String,
}

async fn compare(
    State(web): State<Web>,
    Signed(actor): Signed,
    Path(id): Path<String>,
    Query(beside): Query<Beside>,
) -> Result<Response, Refusal> {
    let one = allotting::open(&web.services, &actor, &id.into()).await?;
    let other = allotting::open(&web.services, &actor, &beside.avec.into()).await?;
    let html = dressed(&web, Some(actor), "Comparaison", None, move || {
        view! { <ComparingPage one other /> }
    });
    Ok(html.into_response())
}

async fn csv(
    State(web): State<Web>,
    Signed(actor): Signed,
    Path(id): Path<String>,
    Query(sifting): Query<Sifting>,
) -> Result<Response, Refusal> {
    let opened = allotting::open(&web.services, &actor, &id.into()).await?;
    let lines = sifting.sift(&opened);
    Ok(download(CSV, "simulation.csv", file(&opened, &lines)))
}
