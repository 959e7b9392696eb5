//! Two deposits side by side.

use app::{
    pages::compared::{Compared, ComparedPage, Sided},
    routes,
};
use axum::{
    extract::{Path, Query, State},
    response::{IntoResponse, Redirect, Response},
};
use leptos::prelude::*;
use serde::Deserialize;
use service::{
    StoreError,
    compared::{self, Choice, Side},
    readings,
};

use crate::web::{
    Web,
    access::Signed,
    answer::{Refusal, page as dressed},
};

/// What the address asks.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    gauche: String,
    droite: String,
    tout: String,
}

/// The page.
pub async fn page(
    State(web): State<Web>,
    Signed(actor): Signed,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    if actor.role.is_siae() {
        return Ok(Redirect::to(&routes::dossier(&id)).into_response());
    }
    let dossier = id.as_str().into();
    let (head, choices) = compared::choices(&web.services, &actor, &dossier).await?;
    readings::note(&web.services, &actor, &dossier, None).await?;
    let sides = (Side::of(&asked.gauche), Side::of(&asked.droite));
    let sides = match compared::pair(&choices, sides) {
        Some((left, right)) => Some((sided(&web, left).await?, sided(&web, right).await?)),
        None => None,
    };
    let title = format!("{}, dépôts côte à côte", head.structure_name);
    let compared = Compared { head, choices, sides, whole: asked.tout == "oui" };
    let html = dressed(&web, Some(actor), &title, None, move || {
        view! { <ComparedPage compared /> }
    });
    Ok(html.into_response())
}

async fn sided(web: &Web, choice: &Choice) -> Result<Sided, StoreError> {
    let (form, answers) = choice.read(&web.services).await?;
    Ok(Sided { choice: choice.clone(), form, answers })
}
