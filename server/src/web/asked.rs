//! What the State asks of the structure.

use app::pages::asked::{Asked, AskedPage};
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use leptos::prelude::*;
use service::{Actor, drafts, forms, instruction};

use super::{
    Web,
    access::Signed,
    answer::{Refusal, page as dressed},
};

/// The page.
pub async fn page(
    State(web): State<Web>,
    Signed(actor): Signed,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    show(&web, actor, &id, None).await
}

/// The page, with what stands against what was sent.
pub async fn show(
    web: &Web,
    actor: Actor,
    id: &str,
    refused: Option<&'static str>,
) -> Result<Response, Refusal> {
    let services = &web.services;
    let draft = drafts::read(services, &actor, &id.into()).await?;
    let form = forms::of(services, &draft.head.form_key()).await?.revision;
    let threads = instruction::read(services, &actor, &draft.head, (form, &draft.answers)).await?;
    let acts = instruction::acts(services, &actor, &draft.head.id).await?;
    let asked = Asked {
        act: instruction::asked(&draft.head, &acts).cloned(),
        acts,
        head: draft.head,
        form,
        answers: draft.answers,
        threads,
        refused,
    };
    let html = dressed(web, Some(actor), "Ce que la DDETS vous demande", None, move || {
        view! { <AskedPage asked /> }
    });
    let status = if refused.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Ok((status, html).into_response())
}
