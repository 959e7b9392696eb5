//! The form studio over HTTP.

mod asking;
mod files;
mod naming;
mod preview;
mod simulating;

use std::sync::Arc;

use app::{
    pages::studio::{
        board::BoardPage,
        home::{New, StudioPage},
        review::ReviewPage,
        sentence,
        step::StepPage,
        versions::VersionsPage,
        words::section_holding,
    },
    routes,
};
use axum::{
    Form, Router,
    extract::{Multipart, Path, State, multipart::MultipartRejection},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};
use dossier::form::revisions::FormKey;
use form::overlay::Fault;
use leptos::prelude::*;
use serde::Deserialize;
use service::{
    Actor, SketchId,
    studio::{
        self, Start, StudioError,
        composing::{Gesture, make},
    },
};

use super::{
    Web,
    access::Signed,
    answer::{Refusal, page as dressed},
};

impl From<StudioError> for Refusal {
    fn from(error: StudioError) -> Self {
        match error {
            StudioError::NotFound => Self::NotFound,
            StudioError::Faults(_)
            | StudioError::Title
            | StudioError::BadRequest
            | StudioError::Unaccepted(_)
            | StudioError::Published => Self::BadRequest,
            StudioError::Store(error) => error.into(),
        }
    }
}

/// Its pages: those of the main site, never of a space.
pub fn routes() -> Router<Web> {
    Router::new()
        .route("/studio", get(home).post(begin))
        .route("/studio/{id}", get(board).post(rename))
        .route("/studio/{id}/etapes/{section}", get(step))
        .route("/studio/{id}/gestes", post(gesture))
        .route("/studio/{id}/question", get(asking::question).post(asking::ask))
        .route("/studio/{id}/mots", get(naming::words).post(naming::reword))
        .route("/studio/{id}/carte", get(naming::card).post(naming::add_card))
        .route("/studio/{id}/etape", get(naming::step).post(naming::add_step))
        .route("/studio/{id}/differences", get(differences))
        .route("/studio/{id}/versions", get(versions).post(restore))
        .route("/studio/{id}/export.json", get(files::export))
        .route("/studio/{id}/import", post(files::import))
        .route("/studio/{id}/apercu", get(preview::page))
        .route(
            "/studio/{id}/cadre/{mode}/etapes/{section}",
            get(preview::frame).post(preview::typed),
        )
        .route("/studio/{id}/cadre/{mode}/instruction", get(preview::agent))
        .route("/studio/{id}/cadre/{mode}", get(preview::elsewhere))
        .route("/studio/{id}/cadre/{mode}/{*rest}", get(preview::beyond))
        .route("/studio/{id}/simulation", get(simulating::page).post(simulating::run))
        .route("/studio/{id}/acceptation", post(simulating::accept))
        .route("/studio/{id}/publication", post(simulating::publish))
}

/// A page, whose post may have been refused.
fn answered(html: impl IntoResponse, is_refused: bool) -> Response {
    let status = if is_refused { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    (status, html).into_response()
}

/// What is wrong, in a sentence.
fn said(faults: &[Fault]) -> String {
    faults.iter().map(sentence).collect::<Vec<_>>().join(" ")
}

const TITLE: &str = "Donnez un titre, en 120 caractères au plus.";

/// What is being made.
async fn home(State(web): State<Web>, Signed(actor): Signed) -> Result<Response, Refusal> {
    show_home(&web, actor, New::default()).await
}

async fn show_home(web: &Web, actor: Actor, new: New) -> Result<Response, Refusal> {
    let bench = studio::bench(&actor)?;
    let sketches = studio::list(&web.services, &actor).await?;
    let starts = studio::starts(&web.services, &actor).await?;
    let is_refused = new.refused.is_some();
    let html = dressed(web, Some(actor), "Formulaires", None, move || {
        view! { <StudioPage bench sketches starts new /> }
    });
    Ok(answered(html, is_refused))
}

/// Begins something.
async fn begin(
    State(web): State<Web>,
    Signed(actor): Signed,
    form: Result<Multipart, MultipartRejection>,
) -> Result<Response, Refusal> {
    let posted = files::read(form.map_err(|_| Refusal::BadRequest)?).await?;
    let text = |name: &str| posted.texts.get(name).cloned().unwrap_or_default();
    let (title, department, from) = (text("titre"), text("departement"), text("depart"));
    let mut new = New {
        title: title.clone(),
        department: department.clone(),
        from: from.clone(),
        refused: None,
    };
    let start = match from.as_str() {
        "" => Start::National,
        "fichier" => match files::overlay(&posted.file) {
            Ok(overlay) => Start::Import(Box::new(overlay)),
            Err(why) => {
                new.refused = Some(why);
                return show_home(&web, actor, new).await;
            }
        },
        key => Start::Edition(FormKey::parse(key).ok_or(Refusal::BadRequest)?),
    };
    match studio::begin(&web.services, &actor, &department, &title, start).await {
        Ok(id) => Ok(Redirect::to(&routes::sketch(id.as_str())).into_response()),
        Err(StudioError::Title) => {
            new.refused = Some(TITLE.to_owned());
            show_home(&web, actor, new).await
        }
        Err(error) => Err(error.into()),
    }
}

async fn opened(web: &Web, actor: &Actor, id: &str) -> Result<Arc<studio::Opened>, Refusal> {
    Ok(Arc::new(studio::open(&web.services, actor, &id.into()).await?))
}

/// Its steps.
async fn board(
    State(web): State<Web>,
    Signed(actor): Signed,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    show_board(&web, actor, &id, None).await
}

async fn show_board(
    web: &Web,
    actor: Actor,
    id: &str,
    why: Option<String>,
) -> Result<Response, Refusal> {
    let opened = opened(web, &actor, id).await?;
    let title = opened.sketch.last.overlay.title.clone();
    let is_refused = why.is_some();
    let html = dressed(web, Some(actor), &title, None, move || {
        view! { <BoardPage opened refused=why /> }
    });
    Ok(answered(html, is_refused))
}

/// Another title.
#[derive(Deserialize)]
struct Renaming {
    titre: String,
}

async fn rename(
    State(web): State<Web>,
    Signed(actor): Signed,
    Path(id): Path<String>,
    Form(Renaming { titre }): Form<Renaming>,
) -> Result<Response, Refusal> {
    match make(&web.services, &actor, &id.as_str().into(), &Gesture::Title(titre)).await {
        Ok(_) => Ok(Redirect::to(&routes::sketch(&id)).into_response()),
        Err(StudioError::Title) => show_board(&web, actor, &id, Some(TITLE.to_owned())).await,
        Err(error) => Err(error.into()),
    }
}

/// One step.
async fn step(
    State(web): State<Web>,
    Signed(actor): Signed,
    Path((id, section)): Path<(String, String)>,
) -> Result<Response, Refusal> {
    show_step(&web, actor, &id, &section, None).await
}

async fn show_step(
    web: &Web,
    actor: Actor,
    id: &str,
    section: &str,
    why: Option<(String, String)>,
) -> Result<Response, Refusal> {
    let opened = opened(web, &actor, id).await?;
    let section = opened.laid.section(section).ok_or(Refusal::NotFound)?.clone();
    let title = section.title.to_string();
    let is_refused = why.is_some();
    let html = dressed(web, Some(actor), &title, None, move || {
        view! { <StepPage opened section refused=why /> }
    });
    Ok(answered(html, is_refused))
}

/// A small change, as it is posted.
#[derive(Deserialize)]
struct Small {
    geste: String,
    #[serde(default)]
    sur: String,
}

async fn gesture(
    State(web): State<Web>,
    Signed(actor): Signed,
    Path(id): Path<String>,
    Form(Small { geste, sur }): Form<Small>,
) -> Result<Response, Refusal> {
    let key = SketchId::from(id.as_str());
    let made = match geste.as_str() {
        "ranger" | "reprendre" => {
            studio::put_aside(&web.services, &actor, &key, geste == "ranger").await?;
            return Ok(Redirect::to(routes::STUDIO).into_response());
        }
        "monter" => Gesture::Shift { id: sur.clone(), up: true },
        "descendre" => Gesture::Shift { id: sur.clone(), up: false },
        "assouplir" => Gesture::Relax(sur.clone(), true),
        "exiger" => Gesture::Relax(sur.clone(), false),
        "masquer" => Gesture::Hide(sur.clone(), true),
        "montrer" => Gesture::Hide(sur.clone(), false),
        "retirer" => Gesture::Remove(sur.clone()),
        _ => return Err(Refusal::BadRequest),
    };
    let before = opened(&web, &actor, &id).await?;
    let section = section_holding(&before.laid, &sur).ok_or(Refusal::NotFound)?.to_owned();
    match make(&web.services, &actor, &key, &made).await {
        Ok(_) if section == sur => Ok(Redirect::to(&routes::sketch(&id)).into_response()),
        Ok(_) => {
            // What was taken away is nowhere to go back to.
            let mark = if geste == "retirer" { String::new() } else { format!("#{sur}") };
            let to = format!("{}{mark}", routes::sketch_step(&id, &section));
            Ok(Redirect::to(&to).into_response())
        }
        Err(StudioError::Faults(faults)) => {
            show_step(&web, actor, &id, &section, Some((sur, said(&faults)))).await
        }
        Err(error) => Err(error.into()),
    }
}

/// What it says otherwise.
async fn differences(
    State(web): State<Web>,
    Signed(actor): Signed,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    let opened = opened(&web, &actor, &id).await?;
    let html = dressed(&web, Some(actor), "Différences", None, move || {
        view! { <ReviewPage opened /> }
    });
    Ok(html.into_response())
}

/// Its versions.
async fn versions(
    State(web): State<Web>,
    Signed(actor): Signed,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    let (sketch, versions) = studio::versions(&web.services, &actor, &id.as_str().into()).await?;
    let html = dressed(&web, Some(actor), "Versions", None, move || {
        view! { <VersionsPage sketch versions /> }
    });
    Ok(html.into_response())
}

/// Which version to go back to.
#[derive(Deserialize)]
struct Back {
    version: u32,
}

async fn restore(
    State(web): State<Web>,
    Signed(actor): Signed,
    Path(id): Path<String>,
    Form(Back { version }): Form<Back>,
) -> Result<Redirect, Refusal> {
    make(&web.services, &actor, &id.as_str().into(), &Gesture::Restore(version)).await?;
    Ok(Redirect::to(&routes::sketch(&id)))
}
