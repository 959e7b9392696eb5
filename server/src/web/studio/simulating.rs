//! What a sketch would do, and publishing it.

use app::{
    pages::studio::simulation::{Shown, SimulationPage},
    routes,
};
use axum::{
    extract::{Path, RawForm, State},
    response::{IntoResponse, Redirect, Response},
};
use leptos::prelude::*;
use service::{
    Actor,
    studio::{StudioError, simulating},
};

use super::{answered, opened};
use crate::web::{
    Web,
    access::Signed,
    answer::{Refusal, page as dressed},
};

async fn show(web: &Web, actor: Actor, id: &str, why: Option<String>) -> Result<Response, Refusal> {
    let opened = opened(web, &actor, id).await?;
    let (_, simulation, accepted) = simulating::last(&web.services, &actor, &id.into()).await?;
    let is_refused = why.is_some();
    let shown = Shown { opened, simulation, accepted, refused: why };
    let html = dressed(web, Some(actor), "Simuler et publier", None, move || {
        view! { <SimulationPage shown /> }
    });
    Ok(answered(html, is_refused))
}

/// What was found out last.
pub async fn page(
    State(web): State<Web>,
    Signed(actor): Signed,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    show(&web, actor, &id, None).await
}

fn to_page(id: &str) -> Response {
    Redirect::to(&routes::sketch_page(id, "simulation")).into_response()
}

const WRONG: &str = "Corrigez d'abord ce qui ne va pas dans le formulaire : rien n'a été simulé.";

/// Replays it.
pub async fn run(
    State(web): State<Web>,
    Signed(actor): Signed,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    match simulating::simulate(&web.services, &actor, &id.as_str().into()).await {
        Ok(_) => Ok(to_page(&id)),
        Err(StudioError::Faults(_)) => show(&web, actor, &id, Some(WRONG.to_owned())).await,
        Err(error) => Err(error.into()),
    }
}

/// Accepts the losses that were ticked.
pub async fn accept(
    State(web): State<Web>,
    Signed(actor): Signed,
    Path(id): Path<String>,
    RawForm(body): RawForm,
) -> Result<Response, Refusal> {
    let ticked = form_urlencoded::parse(&body).filter(|(name, _)| name == "perte");
    let losses: Vec<String> = ticked.map(|(_, loss)| loss.into_owned()).collect();
    if losses.is_empty() {
        let why = "Cochez chaque perte que vous acceptez.".to_owned();
        return show(&web, actor, &id, Some(why)).await;
    }
    simulating::accept(&web.services, &actor, &id.as_str().into(), &losses).await?;
    Ok(to_page(&id))
}

/// Publishes it.
pub async fn publish(
    State(web): State<Web>,
    Signed(actor): Signed,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    let why = match simulating::publish(&web.services, &actor, &id.as_str().into()).await {
        Ok(_) | Err(StudioError::Published) => return Ok(to_page(&id)),
        Err(StudioError::Unaccepted(1)) => {
            "Rien n'est publié : une perte n'est pas acceptée. Relisez-la, cochez-la si vous l'acceptez, puis publiez.".to_owned()
        }
        Err(StudioError::Unaccepted(count)) => format!(
            "Rien n'est publié : {count} pertes ne sont pas acceptées. Relisez-les, cochez celles que vous acceptez, puis publiez."
        ),
        Err(StudioError::Faults(_)) => WRONG.to_owned(),
        Err(error) => return Err(error.into()),
    };
    show(&web, actor, &id, Some(why)).await
}
