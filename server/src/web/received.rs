//! What was deposited in an agent's territory.

use app::{pages::received::ReceivedPage, routes};
use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use dossier::role::Role;
use leptos::prelude::*;
use service::deposits;

use super::{
    Web,
    access::Signed,
    answer::{Refusal, page as dressed},
};

/// The list.
pub async fn page(State(web): State<Web>, Signed(actor): Signed) -> Result<Response, Refusal> {
    if actor.role.is_siae() {
        return Ok(Redirect::to(routes::HOME).into_response());
    }
    if actor.role == Role::Guest {
        return Err(Refusal::NotFound);
    }
    let dossiers = deposits::deposited(&web.services, &actor).await?;
    let html = dressed(&web, Some(actor.clone()), "Dossiers reçus", None, move || {
        view! { <ReceivedPage actor dossiers /> }
    });
    Ok(html.into_response())
}
