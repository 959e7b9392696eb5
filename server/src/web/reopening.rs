//! Opening an answer that nothing was asked about, in a dossier that was sent back.

use app::{pages::reopening::ReopeningPage, routes};
use axum::{
    Form,
    extract::{Path, Query, State},
    response::{IntoResponse, Redirect, Response},
};
use dossier::note::name;
use form::At;
use leptos::prelude::*;
use serde::Deserialize;
use service::{
    drafts, forms,
    instruction::{self, ReopenError},
};

use super::{
    Web,
    access::Signed,
    answer::{Refusal, page as dressed},
};

/// Which answer, row or table.
#[derive(Deserialize)]
pub struct Wanted {
    reponse: String,
}

/// What opening it means.
pub async fn page(
    State(web): State<Web>,
    Signed(actor): Signed,
    Path(id): Path<String>,
    Query(Wanted { reponse }): Query<Wanted>,
) -> Result<Response, Refusal> {
    let draft = drafts::read(&web.services, &actor, &id.as_str().into()).await?;
    let form = forms::of(&web.services, &draft.head.form_key()).await?.revision;
    let at = At::parse(&reponse);
    let section = form.section_of(&at.field).ok_or(Refusal::NotFound)?;
    let open = instruction::reopened(&web.services, &draft.head).await?;
    if open.is_none_or(|open| open.holds(form, &at)) {
        let there = format!("{}#{at}", routes::step(&id, &section.id));
        return Ok(Redirect::to(&there).into_response());
    }
    let name = match form.table(&at.field).filter(|_| at.row.is_empty()) {
        Some(table) => format!("Ajouter : {}", table.row_name),
        None => name(form, &draft.answers, &at),
    };
    let said = form
        .place(&at.field)
        .map(|place| place.field.kind.display_raw(draft.answers.raw(&at.field, &at.row)));
    let head = draft.head;
    let body = move || view! { <ReopeningPage head section at name said /> };
    Ok(dressed(&web, Some(actor), "Modifier aussi", None, body).into_response())
}

/// Opens it, and leads there.
pub async fn open(
    State(web): State<Web>,
    Signed(actor): Signed,
    Path(id): Path<String>,
    Form(Wanted { reponse }): Form<Wanted>,
) -> Result<Redirect, Refusal> {
    let (dossier, at) = (id.as_str().into(), At::parse(&reponse));
    match instruction::reopen(&web.services, &actor, &dossier, &at).await {
        Ok(()) => {}
        Err(ReopenError::NotFound) => return Err(Refusal::NotFound),
        Err(ReopenError::NoSuchPlace) => return Err(Refusal::BadRequest),
        Err(ReopenError::NotReturned) => return Err(Refusal::Closed { id }),
        Err(ReopenError::Changed) => return Err(Refusal::Unavailable),
        Err(ReopenError::Store(error)) => return Err(error.into()),
    }
    let head = drafts::head(&web.services, &actor, &dossier).await?;
    let form = forms::of(&web.services, &head.form_key()).await?.revision;
    let section = form.section_of(&at.field).ok_or(Refusal::BadRequest)?;
    Ok(Redirect::to(&format!("{}#{at}", routes::step(&id, &section.id))))
}
