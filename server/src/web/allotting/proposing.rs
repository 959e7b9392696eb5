//! Turning a simulation into proposals.

use app::{
    pages::allotting::proposing::{Before, BeforePage, RunPage, sentence},
    routes,
};
use axum::{
    Form,
    extract::{Path, State},
    http::StatusCode,
    response::{Html, IntoResponse, Redirect, Response},
};
use dossier::id::AllotmentId;
use leptos::prelude::*;
use serde::Deserialize;
use service::{
    Actor,
    allotting::{self, ProposeError, Words},
};

use crate::web::{
    Web,
    access::Signed,
    answer::{Refusal, page as dressed},
};

impl From<ProposeError> for Refusal {
    fn from(error: ProposeError) -> Self {
        match error {
            ProposeError::NotFound => Self::NotFound,
            ProposeError::Store(error) => error.into(),
            _ => Self::BadRequest,
        }
    }
}

/// What is posted.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Posted {
    prets: String,
    favorable: String,
    defavorable: String,
    depassement: String,
}

/// What is ready, what is blocked.
pub async fn before(
    State(web): State<Web>,
    Signed(actor): Signed,
    Path(id): Path<String>,
) -> Result<Html<String>, Refusal> {
    shown(&web, actor, &id.into(), None).await
}

async fn shown(
    web: &Web,
    actor: Actor,
    id: &AllotmentId,
    refused: Option<(&'static str, Words)>,
) -> Result<Html<String>, Refusal> {
    let (opened, flight) = allotting::before(&web.services, &actor, id).await?;
    let runs = web.services.store.runs(&opened.allotment.id).await?;
    let before = Before { opened, flight, refused, runs };
    Ok(dressed(web, Some(actor), "Propositions", None, move || view! { <BeforePage before /> }))
}

/// Proposes what is ready.
pub async fn propose(
    State(web): State<Web>,
    Signed(actor): Signed,
    Path(id): Path<String>,
    Form(posted): Form<Posted>,
) -> Result<Response, Refusal> {
    let id = AllotmentId::from(id);
    let shown_ready = posted.prets.parse().map_err(|_| Refusal::BadRequest)?;
    let words = Words {
        favourable: posted.favorable.replace("\r\n", "\n"),
        unfavourable: posted.defavorable.replace("\r\n", "\n"),
        over: posted.depassement.replace("\r\n", "\n"),
    };
    match allotting::propose(&web.services, &actor, &id, &words, shown_ready).await {
        Ok(run) => Ok(Redirect::to(&routes::simulation_run(id.as_str(), &run.id)).into_response()),
        Err(error @ (ProposeError::NotFound | ProposeError::Store(_))) => Err(error.into()),
        Err(error) => {
            let status = match error {
                ProposeError::Changed | ProposeError::Nothing => StatusCode::CONFLICT,
                _ => StatusCode::UNPROCESSABLE_ENTITY,
            };
            let html = shown(&web, actor, &id, Some((sentence(error), words))).await?;
            Ok((status, html).into_response())
        }
    }
}

/// What came of it.
pub async fn run(
    State(web): State<Web>,
    Signed(actor): Signed,
    Path((id, run)): Path<(String, String)>,
) -> Result<Html<String>, Refusal> {
    let id = AllotmentId::from(id);
    let (opened, _) = allotting::before(&web.services, &actor, &id).await?;
    let runs = web.services.store.runs(&id).await?;
    let run = runs.into_iter().find(|one| one.id == run).ok_or(Refusal::NotFound)?;
    Ok(dressed(&web, Some(actor), "Propositions", None, move || view! { <RunPage opened run /> }))
}

/// Takes back what was proposed, as far as nobody decided.
pub async fn take_back(
    State(web): State<Web>,
    Signed(actor): Signed,
    Path((id, run)): Path<(String, String)>,
) -> Result<Redirect, Refusal> {
    let id = AllotmentId::from(id);
    let run = allotting::take_back(&web.services, &actor, &id, &run).await?;
    Ok(Redirect::to(&routes::simulation_run(id.as_str(), &run.id)))
}
