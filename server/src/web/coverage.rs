//! What sources do for the dossiers, for who steers the whole country.

use app::pages::coverage::{CoveragePage, file};
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use leptos::prelude::*;
use service::{coverage, forms};

use super::{
    Web,
    access::Signed,
    answer::{CSV, Refusal, download, page as dressed},
};

/// The page.
pub async fn page(State(web): State<Web>, Signed(actor): Signed) -> Result<Response, Refusal> {
    let coverage = coverage::read(&web.services, &actor).await?;
    let form = forms::national(&web.services, forms::CONVENTIONNEMENT);
    let form = form.ok_or(Refusal::Unavailable)?.revision;
    let html = dressed(&web, Some(actor), "Ce que l'État sait déjà", None, move || {
        view! { <CoveragePage form coverage /> }
    });
    Ok(html.into_response())
}

/// The file.
pub async fn csv(State(web): State<Web>, Signed(actor): Signed) -> Result<Response, Refusal> {
    let coverage = coverage::read(&web.services, &actor).await?;
    let form = forms::national(&web.services, forms::CONVENTIONNEMENT);
    let form = form.ok_or(Refusal::Unavailable)?.revision;
    Ok(download(CSV, "couverture.csv", file(form, &coverage)))
}
