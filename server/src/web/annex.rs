//! The annexe financière that was granted on a dossier.

use app::{pages::annex::AnnexPage, routes};
use axum::{
    Form,
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use form::Date;
use leptos::prelude::*;
use serde::Deserialize;
use service::{
    Actor,
    instruction::{self, SignError},
};

use super::{
    Web,
    access::Signed,
    answer::{Refusal, page as dressed},
};

/// The paper.
pub async fn page(
    State(web): State<Web>,
    Signed(actor): Signed,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    show(&web, actor, &id, None).await
}

async fn show(
    web: &Web,
    actor: Actor,
    id: &str,
    refused: Option<&'static str>,
) -> Result<Response, Refusal> {
    let paper = instruction::paper(&web.services, &actor, &id.into()).await?;
    let today = web.services.clock.today().ok_or(Refusal::Unavailable)?;
    let (agent, may_sign) = (!actor.role.is_siae(), actor.role.instructs());
    let title = format!("Annexe financière {}", paper.annex.numbers.display());
    let html = dressed(web, Some(actor), &title, None, move || {
        view! { <AnnexPage paper agent may_sign refused today /> }
    });
    let status = if refused.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Ok((status, html).into_response())
}

/// A signature, as it is posted.
#[derive(Deserialize)]
pub struct Posted {
    #[serde(default)]
    jour: String,
}

/// Notes the day that both had signed.
pub async fn sign(
    State(web): State<Web>,
    Signed(actor): Signed,
    Path(id): Path<String>,
    Form(Posted { jour }): Form<Posted>,
) -> Result<Response, Refusal> {
    let dossier = id.as_str().into();
    let done = match Date::parse_iso(&jour) {
        Some(day) => instruction::sign(&web.services, &actor, &dossier, day).await,
        None => Err(SignError::BadDay),
    };
    match done {
        Ok(()) | Err(SignError::Signed) => Ok(Redirect::to(&routes::annex(&id)).into_response()),
        Err(SignError::NotFound | SignError::NotForRole) => Err(Refusal::NotFound),
        Err(SignError::BadDay) => {
            let refused = "Choisissez un jour entre la décision et aujourd'hui.";
            show(&web, actor, &id, Some(refused)).await
        }
        Err(SignError::Changed) => Err(Refusal::Unavailable),
        Err(SignError::Store(error)) => Err(error.into()),
    }
}
