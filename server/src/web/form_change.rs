//! A form that changed while a dossier was being filled.

use app::{pages::form_change::FormChangePage, routes};
use axum::{
    Form,
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};
use dossier::form::revisions::FormKey;
use leptos::prelude::*;
use serde::Deserialize;
use service::following::{self, FollowError};

use super::{
    Web,
    access::Signed,
    answer::{Refusal, page as dressed},
};

/// What would change, what was kept aside, and the way back.
pub async fn page(
    State(web): State<Web>,
    Signed(actor): Signed,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    let crossroads = following::crossroads(&web.services, &actor, &id.as_str().into()).await?;
    if !crossroads.draft.head.state.is_editable() {
        return Ok(Redirect::to(&routes::dossier(&id)).into_response());
    }
    let body = move || view! { <FormChangePage crossroads /> };
    Ok(dressed(&web, Some(actor), "Formulaire du dossier", None, body).into_response())
}

/// Which form to follow.
#[derive(Deserialize)]
pub struct Wanted {
    formulaire: String,
}

/// Follows it, and shows where the dossier stands then.
pub async fn follow(
    State(web): State<Web>,
    Signed(actor): Signed,
    Path(id): Path<String>,
    Form(Wanted { formulaire }): Form<Wanted>,
) -> Result<Redirect, Refusal> {
    let key = FormKey::parse(&formulaire).ok_or(Refusal::BadRequest)?;
    match following::follow(&web.services, &actor, &id.as_str().into(), &key).await {
        Ok(()) | Err(FollowError::Changed) => Ok(Redirect::to(&routes::form(&id))),
        Err(FollowError::NotOffered) => Err(Refusal::BadRequest),
        Err(FollowError::NotFound) => Err(Refusal::NotFound),
        Err(FollowError::Store(error)) => Err(error.into()),
    }
}
