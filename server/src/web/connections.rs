//! Where a person is signed in.

use app::{pages::connections::ConnectionsPage, routes};
use axum::{
    Form,
    extract::State,
    http::HeaderMap,
    response::{Html, Redirect},
};
use dossier::role::Role;
use leptos::prelude::*;
use serde::Deserialize;
use service::{
    second_factor::{self, FactorError},
    sessions,
};

use super::{
    Web,
    access::{Signed, token},
    answer::{Refusal, page as dressed},
};

/// The sessions of a person.
pub async fn page(
    State(web): State<Web>,
    Signed(actor): Signed,
    headers: HeaderMap,
) -> Result<Html<String>, Refusal> {
    // A guest has a link, not an account: whoever gave it takes it back.
    if actor.role == Role::Guest {
        return Err(Refusal::NotFound);
    }
    let token = token(&headers, &web).unwrap_or_default();
    let lines = sessions::list(&web.services, &actor, token).await?;
    let factor = match second_factor::standing(&web.services, &actor).await {
        Ok(standing) => Some(standing),
        Err(FactorError::NotFound) => None,
        Err(error) => return Err(error.into()),
    };
    let body = move || view! { <ConnectionsPage lines factor /> };
    Ok(dressed(&web, Some(actor), "Mes connexions", None, body))
}

/// Which one ends; all the others when none is named.
#[derive(Deserialize)]
pub struct Ending {
    cle: Option<String>,
}

/// Ends sessions.
pub async fn end(
    State(web): State<Web>,
    Signed(actor): Signed,
    headers: HeaderMap,
    Form(ending): Form<Ending>,
) -> Result<Redirect, Refusal> {
    if actor.role == Role::Guest {
        return Err(Refusal::NotFound);
    }
    let token = token(&headers, &web).unwrap_or_default();
    sessions::end(&web.services, &actor, token, ending.cle.as_deref()).await?;
    Ok(Redirect::to(routes::CONNECTIONS))
}
