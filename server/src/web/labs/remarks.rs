//! What participants say: remarks, votes, tasks done, the questionnaire.

use app::{
    pages::labs::{page_name, survey::SurveyPage},
    routes,
};
use axum::{
    Form, Json,
    extract::{Path, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use dossier::{
    lab::RemarkKind,
    note::{name, said},
};
use form::{Answers, At, Revision};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use service::{
    drafts, forms, instruction,
    labs::{
        LabError, Pin,
        remarks::{self, NewRemark, NewSurvey},
    },
    sessions,
};

use super::{door::page_of, joining::Placed, sentence};
use crate::web::{
    Web,
    answer::{Refusal, page as dressed},
};

/// A remark, as it is posted.
#[derive(Deserialize)]
pub struct Posted {
    cle: String,
    chemin: String,
    #[serde(default)]
    sur: String,
    nature: String,
    #[serde(default)]
    texte: String,
}

/// What a small script is told.
#[derive(Serialize)]
struct Told {
    /// The id of the next remark.
    cle: String,
    /// What stands against this one, for people.
    refus: Option<&'static str>,
}

/// Where to go back to in the space: a path of ours, or one's place.
fn back(path: &str) -> &str {
    let ours = path.starts_with('/') && !path.starts_with("//");
    if ours && !path.contains(['\\', '\r', '\n']) { path } else { routes::SEAT }
}

/// Pins a remark.
pub async fn pin(
    State(web): State<Web>,
    Placed { lab, who, token }: Placed,
    headers: HeaderMap,
    Form(posted): Form<Posted>,
) -> Result<Response, Refusal> {
    let by_script = headers.get(header::ACCEPT).is_some_and(|kind| kind == "application/json");
    let told = |status, refus| (status, Json(Told { cle: web.services.ulid(), refus }));
    let kind = RemarkKind::from_code(&posted.nature).ok_or(Refusal::BadRequest)?;
    if !lab.is_open(web.services.now()) {
        let over = "L'atelier n'est plus ouvert : cette remarque n'est pas partie. Dites-la à l'animateur.";
        return Ok(if by_script {
            told(StatusCode::GONE, Some(over)).into_response()
        } else {
            Refusal::LabOver.into_response()
        });
    }
    let form = forms::of(&web.services, &lab.form).await?.revision;
    let at = At::parse(&posted.sur);
    let answers = answers_of(&web, &lab, &token, &posted.chemin).await.unwrap_or_default();
    let pin = pinned(form, &answers, &posted.chemin, at).ok_or(Refusal::BadRequest)?;
    let new = NewRemark { id: posted.cle, kind, text: posted.texte };
    match remarks::pin(&web.services, &lab, &who, pin, &new).await {
        Ok(_) if by_script => Ok(told(StatusCode::OK, None).into_response()),
        Ok(_) => Ok(Redirect::to(&format!("{}#remarques", back(&posted.chemin))).into_response()),
        Err(LabError::Incomplete(lacks)) if by_script => {
            Ok(told(StatusCode::UNPROCESSABLE_ENTITY, Some(sentence(lacks))).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

/// The answers of the dossier of this page, as far as this participant reads them.
async fn answers_of(
    web: &Web,
    lab: &service::labs::Lab,
    token: &str,
    path: &str,
) -> Option<Answers> {
    let id = path.strip_prefix("/dossiers/")?.split('/').next()?;
    let space = web.spaces.of(web, lab).await.ok()?;
    let actor = sessions::actor(&space.services, token).await.ok()??;
    let id = id.into();
    if actor.role.is_siae() {
        Some(drafts::read(&space.services, &actor, &id).await.ok()?.answers)
    } else {
        Some(instruction::open(&space.services, &actor, &id).await.ok()?.answers)
    }
}

/// Where a remark is pinned; `None` when the form has nothing of that name.
fn pinned(form: &Revision, answers: &Answers, path: &str, at: At) -> Option<Pin> {
    let page = page_of(path);
    let on_page = || match form.section(&page) {
        Some(section) => format!("Étape {}", section.title),
        None => page_name(&page).to_owned(),
    };
    let called = if at.field.is_empty() {
        on_page()
    } else if let (Some(place), true) = (form.place(&at.field), at.row.is_empty()) {
        place.field.label.to_string()
    } else if form.place(&at.field).is_some()
        || form.table(&at.field).is_some()
        || form.section(&at.field).is_some()
    {
        name(form, answers, &at)
    } else {
        return None;
    };
    let said = said(form, answers, &at).unwrap_or_default();
    Some(Pin { page, at, said, called })
}

/// A vote, as it is posted.
#[derive(Deserialize)]
pub struct Vote {
    voix: String,
    #[serde(default)]
    chemin: String,
}

/// Agrees with a remark, or no longer does.
pub async fn vote(
    State(web): State<Web>,
    Placed { lab, who, .. }: Placed,
    Path(id): Path<String>,
    Form(posted): Form<Vote>,
) -> Result<Redirect, Refusal> {
    let agrees = posted.voix == "oui";
    remarks::vote(&web.services, &lab, &who, &id.as_str().into(), agrees).await?;
    Ok(Redirect::to(&format!("{}#remarques", back(&posted.chemin))))
}

/// Whether a task is done, as it is posted.
#[derive(Deserialize)]
pub struct Task {
    fait: String,
}

/// Says that a task is done, or is not.
pub async fn done(
    State(web): State<Web>,
    Placed { lab, who, .. }: Placed,
    Path(rank): Path<u32>,
    Form(posted): Form<Task>,
) -> Result<Redirect, Refusal> {
    remarks::done(&web.services, &lab, &who, rank, posted.fait == "oui").await?;
    Ok(Redirect::to(routes::SEAT))
}

/// The questionnaire, with what was answered so far.
pub async fn survey(
    State(web): State<Web>,
    Placed { lab, who, .. }: Placed,
) -> Result<Response, Refusal> {
    if !lab.hears(web.services.now()) {
        return Err(Refusal::LabOver);
    }
    let heard = web.services.store.heard(&lab.id).await?;
    let known = heard.surveys.into_iter().find(|survey| survey.by == who.id);
    let survey = known.map(|known| NewSurvey {
        sus: known.sus,
        would_use: Some(known.would_use),
        saves_time: Some(known.saves_time),
        minutes: known.minutes.map(|minutes| minutes.to_string()).unwrap_or_default(),
        words: known.words,
    });
    Ok(show(&web, survey.unwrap_or_default(), None))
}

fn show(web: &Web, survey: NewSurvey, refused: Option<&'static str>) -> Response {
    let status = if refused.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let html = dressed(web, None, "Questionnaire", None, move || {
        view! { <SurveyPage survey refused /> }
    });
    (status, html).into_response()
}

/// Answers it.
pub async fn answer(
    State(web): State<Web>,
    Placed { lab, who, .. }: Placed,
    Form(posted): Form<Vec<(String, String)>>,
) -> Result<Response, Refusal> {
    let said = |name: &str| {
        let found = posted.iter().find(|(key, _)| key == name);
        found.map(|(_, value)| value.as_str()).unwrap_or_default()
    };
    let yes = |name| match said(name) {
        "oui" => Some(true),
        "non" => Some(false),
        _ => None,
    };
    let new = NewSurvey {
        sus: std::array::from_fn(|rank| said(&format!("s{rank}")).parse().unwrap_or(0)),
        would_use: yes("utiliser"),
        saves_time: yes("gagner"),
        minutes: said("minutes").to_owned(),
        words: said("mots").to_owned(),
    };
    match remarks::answer(&web.services, &lab, &who, &new).await {
        Ok(()) => Ok(Redirect::to(routes::SEAT).into_response()),
        Err(LabError::Incomplete(lacks)) => Ok(show(&web, new, Some(sentence(lacks)))),
        Err(error) => Err(error.into()),
    }
}
