//! What came out of a session: read, decided on, taken along.

use app::{
    pages::labs::synthesis::{SynthesisPage, csv as as_csv, markdown as as_markdown},
    routes,
};
use axum::{
    Form,
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use dossier::{lab::Standing, role::Role};
use leptos::prelude::*;
use serde::Deserialize;
use service::{
    Actor,
    labs::{LabError, leading, synthesis},
};

use super::sentence;
use crate::web::{
    Web,
    access::Signed,
    answer::{CSV, Refusal, download, page as dressed},
};

/// The page.
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
    refused: Option<(String, &'static str)>,
) -> Result<Response, Refusal> {
    let synthesis = synthesis::of(&web.services, &actor, &id.into()).await?;
    let decides = actor.role == Role::Facilitator;
    let title = format!("Synthèse : {}", synthesis.lab.title);
    let status = if refused.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let html = dressed(web, Some(actor), &title, None, move || {
        view! { <SynthesisPage synthesis decides refused /> }
    });
    Ok((status, html).into_response())
}

/// A decision, as it is posted.
#[derive(Deserialize)]
pub struct Posted {
    endroit: String,
    suite: String,
    #[serde(default)]
    raison: String,
    #[serde(default)]
    revision: String,
}

/// Says what becomes of a place.
pub async fn decide(
    State(web): State<Web>,
    Signed(actor): Signed,
    Path(id): Path<String>,
    Form(posted): Form<Posted>,
) -> Result<Response, Refusal> {
    let standing = Standing::from_code(&posted.suite).ok_or(Refusal::BadRequest)?;
    let what = (standing, posted.raison.as_str(), posted.revision.trim().parse().ok());
    let key = id.as_str().into();
    match leading::decide(&web.services, &actor, &key, &posted.endroit, what).await {
        Ok(()) => {
            let anchor = posted.endroit.replace([':', '.'], "-");
            Ok(Redirect::to(&format!("{}#q-{anchor}", routes::synthesis(&id))).into_response())
        }
        Err(LabError::Incomplete(lacks)) => {
            show(&web, actor, &id, Some((posted.endroit, sentence(lacks)))).await
        }
        Err(error) => Err(error.into()),
    }
}

/// The synthesis as Markdown.
pub async fn markdown(
    State(web): State<Web>,
    Signed(actor): Signed,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    let synthesis = synthesis::of(&web.services, &actor, &id.as_str().into()).await?;
    let name = format!("atelier-{}.md", synthesis.lab.code);
    Ok(download("text/markdown; charset=utf-8", &name, as_markdown(&synthesis)))
}

/// The remarks as a table.
pub async fn csv(
    State(web): State<Web>,
    Signed(actor): Signed,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    let synthesis = synthesis::of(&web.services, &actor, &id.as_str().into()).await?;
    let name = format!("atelier-{}.csv", synthesis.lab.code);
    Ok(download(CSV, &name, as_csv(&synthesis)))
}
