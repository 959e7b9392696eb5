//! The texts that one answer had, and taking one of them again.

use app::{draft::name_of, pages::history::HistoryPage, routes};
use axum::{
    Form,
    extract::{Path, Query, State},
    response::{IntoResponse, Redirect, Response},
};
use dossier::operation::{Refusal as Refused, Verdict};
use form::{At, Place};
use leptos::prelude::*;
use serde::Deserialize;
use service::{DossierHead, drafts, forms, history, instruction};

use super::{
    Web,
    access::Signed,
    answer::{Refusal, page as dressed},
};

/// Which answer.
#[derive(Deserialize)]
pub struct Asked {
    /// Its place.
    reponse: String,
}

/// Which text of which answer.
#[derive(Deserialize)]
pub struct Wanted {
    /// Its place.
    reponse: String,
    /// Its version.
    version: u32,
}

/// The texts of an answer.
pub async fn page(
    State(web): State<Web>,
    Signed(actor): Signed,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    let (draft, _) = drafts::read_part(&web.services, &actor, &id.as_str().into()).await?;
    let at = At::parse(&asked.reponse);
    let place = place_of(&web, &draft.head, &at).await?;
    if !draft.head.state.is_editable() {
        return Ok(Redirect::to(&routes::dossier(&id)).into_response());
    }
    let texts = history::read(&web.services, &actor, &draft.head.id, &at).await?;
    let form = forms::of(&web.services, &draft.head.form_key()).await?;
    let name = name_of(form.revision, &draft.answers, &at);
    let here = (form.revision, &draft.answers);
    let suggested = instruction::taken(&web.services, &actor, &draft.head, here, &at).await?;
    let head = draft.head;
    let body = move || view! { <HistoryPage head place at name texts suggested /> };
    Ok(dressed(&web, Some(actor), "Historique d'une réponse", None, body).into_response())
}

/// Takes an earlier text again, and comes back to the question.
pub async fn restore(
    State(web): State<Web>,
    Signed(actor): Signed,
    Path(id): Path<String>,
    Form(Wanted { reponse, version }): Form<Wanted>,
) -> Result<Redirect, Refusal> {
    let (head, _) = drafts::part(&web.services, &actor, &id.as_str().into()).await?;
    let at = At::parse(&reponse);
    let place = place_of(&web, &head, &at).await?;
    let outcome = history::restore(&web.services, &actor, &head.id, &at, version)
        .await
        .map_err(|error| Refusal::of_save(error, &id))?
        .ok_or(Refusal::NotFound)?;
    if outcome.verdict == Verdict::Refused(Refused::NotReopened) {
        return Ok(Redirect::to(&routes::reopen_at(&id, &at)));
    }
    Ok(Redirect::to(&format!("{}#champ-{at}", routes::step(&id, &place.section.id))))
}

async fn place_of(web: &Web, head: &DossierHead, at: &At) -> Result<Place<'static>, Refusal> {
    let form = forms::of(&web.services, &head.form_key()).await?;
    form.revision.place(&at.field).ok_or(Refusal::NotFound)
}
