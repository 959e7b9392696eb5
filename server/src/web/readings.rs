//! Who read a dossier on the State's side.

use app::pages::readings::ReadingsPage;
use axum::{
    extract::{Path, State},
    response::{IntoResponse, Response},
};
use leptos::prelude::*;
use service::readings;

use super::{
    Web,
    access::Signed,
    answer::{Refusal, page as dressed},
};

/// By day, then by person.
pub async fn page(
    State(web): State<Web>,
    Signed(actor): Signed,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    let (head, readings) = readings::of(&web.services, &actor, &id.as_str().into()).await?;
    let html = dressed(&web, Some(actor), "Qui a lu votre dossier", None, move || {
        view! { <ReadingsPage head readings /> }
    });
    Ok(html.into_response())
}
