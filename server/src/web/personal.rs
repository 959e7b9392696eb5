//! What is held about a person: to read, and to take away.

use app::pages::personal::PersonalPage;
use axum::{
    extract::State,
    response::{Html, Response},
};
use dossier::right::sees_retention;
use leptos::prelude::*;
use service::personal;

use super::{
    Web,
    access::Signed,
    answer::{Refusal, download, page as dressed},
};

/// What is held, how long, and whom to ask.
pub async fn page(State(web): State<Web>, Signed(actor): Signed) -> Result<Html<String>, Refusal> {
    let told = personal::told(&web.services, &actor).await?.ok_or(Refusal::NotFound)?;
    let (policy, contact) = (web.services.retention.clone(), web.privacy_contact.clone());
    let sees_all = sees_retention(actor.role);
    let body = move || view! { <PersonalPage told policy contact sees_all /> };
    Ok(dressed(&web, Some(actor), "Mes données", None, body))
}

/// All of it as one file.
pub async fn file(State(web): State<Web>, Signed(actor): Signed) -> Result<Response, Refusal> {
    let file = personal::file(&web.services, &actor).await?.ok_or(Refusal::NotFound)?;
    Ok(download("application/json; charset=utf-8", "mes-donnees-trame.json", file))
}
