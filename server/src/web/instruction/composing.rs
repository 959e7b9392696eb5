//! Questions that an agent composes to read by.

use app::{
    pages::composed::{ComposedPage, Composer},
    routes,
};
use axum::{
    extract::{Path, Query, RawForm, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use dossier::id::LensId;
use leptos::prelude::*;
use serde::Deserialize;
use service::{
    Actor,
    lenses::{self, Composition, LensError, Typed},
};

use crate::web::{
    Web,
    access::Signed,
    answer::{Refusal, page as dressed},
};

impl From<LensError> for Refusal {
    fn from(error: LensError) -> Self {
        match error {
            LensError::NotFound => Self::NotFound,
            LensError::Refused(_) | LensError::NotTheirs | LensError::TooMany => Self::BadRequest,
            LensError::Store(error) => error.into(),
        }
    }
}

/// What the address asks.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// The lens that one begins with.
    depuis: String,
    /// One that was just taken away.
    retiree: String,
}

/// Where questions are composed, with those there are.
pub async fn page(
    State(web): State<Web>,
    Signed(actor): Signed,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    let beginning = Begun::From(asked.depuis);
    show(&web, actor, &id, (None, beginning), (None, asked.retiree)).await
}

/// One of one's own, to change it.
pub async fn one(
    State(web): State<Web>,
    Signed(actor): Signed,
    Path((id, lens)): Path<(String, String)>,
) -> Result<Response, Refusal> {
    let beginning = Begun::From(lens.clone());
    show(&web, actor, &id, (Some(lens), beginning), (None, String::new())).await
}

/// What the form begins with.
enum Begun {
    /// What this lens shows; empty for nothing.
    From(String),
    /// What was typed.
    Typed(Typed),
}

fn typed_of(one: &Composition, own: bool) -> Typed {
    Typed {
        question: one.composed.question.clone(),
        chosen: one.composed.shows.clone(),
        department: if own { one.department.clone() } else { String::new() },
    }
}

async fn show(
    web: &Web,
    actor: Actor,
    id: &str,
    (changed, begun): (Option<String>, Begun),
    (refused, removed): (Option<String>, String),
) -> Result<Response, Refusal> {
    let bench = lenses::bench(&web.services, &actor, &id.into()).await?;
    let changed: Option<LensId> = changed.map(LensId::from);
    if let Some(lens) = &changed {
        bench.own(lens, &actor).ok_or(Refusal::NotFound)?;
    }
    let typed = match begun {
        Begun::Typed(typed) => typed,
        Begun::From(from) => {
            let found = bench.lenses.iter().find(|one| one.id.as_str() == from);
            found.map(|one| typed_of(one, changed.is_some())).unwrap_or_default()
        }
    };
    let status = if refused.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let title = format!("Vos questions de lecture : {}", bench.head.structure_name);
    let composer =
        Composer { me: actor.account_id.clone(), bench, changed, typed, refused, removed };
    let html = dressed(web, Some(actor), &title, None, move || {
        view! { <ComposedPage composer /> }
    });
    Ok((status, html).into_response())
}

/// What is posted of a lens.
#[derive(Default)]
struct Posted {
    typed: Typed,
    gesture: String,
}

fn read(body: &[u8]) -> Posted {
    let mut posted = Posted::default();
    for (name, value) in form_urlencoded::parse(body) {
        match name.as_ref() {
            "question" => posted.typed.question = value.into_owned(),
            "carte" => posted.typed.chosen.push(value.into_owned()),
            "pour" => posted.typed.department = value.into_owned(),
            "geste" => posted.gesture = value.into_owned(),
            _ => {}
        }
    }
    posted
}

/// Composes a new one.
pub async fn compose(
    State(web): State<Web>,
    Signed(actor): Signed,
    Path(id): Path<String>,
    RawForm(body): RawForm,
) -> Result<Response, Refusal> {
    keep(&web, actor, &id, None, read(&body).typed).await
}

/// Changes one of one's own, takes it away, or puts it back.
pub async fn change(
    State(web): State<Web>,
    Signed(actor): Signed,
    Path((id, lens)): Path<(String, String)>,
    RawForm(body): RawForm,
) -> Result<Response, Refusal> {
    let Posted { typed, gesture } = read(&body);
    let removes = match gesture.as_str() {
        "retirer" => true,
        "remettre" => false,
        _ => return keep(&web, actor, &id, Some(lens), typed).await,
    };
    // The page to come back to is one that this person may read.
    let bench = lenses::bench(&web.services, &actor, &id.as_str().into()).await?;
    let key = LensId::from(lens);
    bench.own(&key, &actor).ok_or(Refusal::NotFound)?;
    lenses::remove(&web.services, &actor, &key, removes).await?;
    let there = if removes { routes::lens_removed(&id, key.as_str()) } else { routes::lenses(&id) };
    Ok(Redirect::to(&there).into_response())
}

async fn keep(
    web: &Web,
    actor: Actor,
    id: &str,
    lens: Option<String>,
    typed: Typed,
) -> Result<Response, Refusal> {
    let key = lens.clone().map(LensId::from);
    let done = lenses::compose(&web.services, &actor, &id.into(), key.as_ref(), &typed).await;
    let sentence = match done {
        Ok(lens) => {
            return Ok(Redirect::to(&routes::reading(id, lens.as_str())).into_response());
        }
        Err(LensError::Refused(refused)) => refused.sentence(),
        Err(LensError::TooMany) => {
            "Vous avez déjà 30 questions pour ce formulaire. Retirez-en une avant d'en ajouter."
        }
        Err(error) => return Err(error.into()),
    };
    let refused = Some(sentence.to_owned());
    show(web, actor, id, (lens, Begun::Typed(typed)), (refused, String::new())).await
}
