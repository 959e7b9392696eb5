//! What will be forgotten, and when.

use app::pages::retention::RetentionPage;
use axum::{extract::State, response::Html};
use leptos::prelude::*;
use service::retention;

use super::{
    Web,
    access::Signed,
    answer::{Refusal, page as dressed},
};

/// Lines of what was forgotten that are shown.
const SHOWN: u32 = 20;

/// The calendar.
pub async fn page(State(web): State<Web>, Signed(actor): Signed) -> Result<Html<String>, Refusal> {
    let plan = retention::seen(&web.services, &actor).await?.ok_or(Refusal::NotFound)?;
    let past = web.services.store.forgotten(SHOWN).await?;
    let policy = web.services.retention.clone();
    let body = move || view! { <RetentionPage plan policy past /> };
    Ok(dressed(&web, Some(actor), "Ce qui sera supprimé, et quand", None, body))
}
