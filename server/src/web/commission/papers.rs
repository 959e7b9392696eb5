//! The pack of a sitting, and its minutes.

use app::pages::commission::{
    minutes::{MinutesPage, file},
    pack::PackPage,
    title,
};
use axum::{
    extract::{Path, State},
    response::{IntoResponse, Response},
};
use dossier::right::{CommissionRight, allows_commission};
use leptos::prelude::*;
use service::commission;

use super::{
    super::{
        access::Signed,
        answer::{CSV, download},
    },
    Refusal, Web, dressed, today,
};

/// The pack: the only page of dossiers that members read.
pub async fn pack(
    State(web): State<Web>,
    Signed(actor): Signed,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    let pack = commission::pack(&web.services, &actor, &id.as_str().into()).await?;
    let keeps = allows_commission(actor.role, CommissionRight::Keep);
    let name = format!("Dossier de séance : {}", title(&pack.sitting).to_lowercase());
    let html = dressed(&web, Some(actor), &name, None, move || view! { <PackPage pack keeps /> });
    Ok(html.into_response())
}

/// What the commission said.
pub async fn minutes(
    State(web): State<Web>,
    Signed(actor): Signed,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    let (sitting, items) = commission::open(&web.services, &actor, &id.as_str().into()).await?;
    let today = today(&web)?;
    let html = dressed(&web, Some(actor), "Relevé d'avis", None, move || {
        view! { <MinutesPage sitting items today /> }
    });
    Ok(html.into_response())
}

/// The same as a file.
pub async fn minutes_file(
    State(web): State<Web>,
    Signed(actor): Signed,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    let (sitting, items) = commission::open(&web.services, &actor, &id.as_str().into()).await?;
    let name = format!("releve-{}.csv", sitting.appointment.day);
    Ok(download(CSV, &name, file(&sitting, &items, today(&web)?)))
}
