//! What was deposited in an agent's territory.

use app::{
    pages::received::{Pile, Received, ReceivedPage},
    routes,
};
use axum::{
    extract::{Query, State},
    response::{IntoResponse, Redirect, Response},
};
use dossier::role::Role;
use leptos::prelude::*;
use serde::Deserialize;
use service::deposits;

use super::{
    Web,
    access::Signed,
    answer::{Refusal, page as dressed},
};

/// Longest text that is looked for, in characters.
const LONGEST: usize = 100;

/// What the address asks.
#[derive(Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    pile: String,
    #[serde(default)]
    cherche: String,
}

/// The list.
pub async fn page(
    State(web): State<Web>,
    Signed(actor): Signed,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    if actor.role.is_siae() {
        return Ok(Redirect::to(routes::HOME).into_response());
    }
    if actor.role == Role::Guest {
        return Err(Refusal::NotFound);
    }
    let dossiers = deposits::deposited(&web.services, &actor).await?;
    let received = Received {
        actor: actor.clone(),
        dossiers,
        pile: Pile::from_code(&asked.pile),
        search: asked.cherche.trim().chars().take(LONGEST).collect(),
        today: web.services.clock.today().ok_or(Refusal::Unavailable)?,
    };
    let html = dressed(&web, Some(actor), "Dossiers reçus", None, move || {
        view! { <ReceivedPage received /> }
    });
    Ok(html.into_response())
}
