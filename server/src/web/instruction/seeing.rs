//! Marks of what was seen, as they are posted.

use app::routes;
use axum::{
    Form,
    extract::{Path, State},
    response::Redirect,
};
use form::At;
use serde::Deserialize;
use service::seen::{self, SeeError, What};

use super::lens;
use crate::web::{Web, access::Signed, answer::Refusal};

/// Marks of what was seen, as they are posted: one of the buttons.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct SeenPosted {
    depot: u32,
    regard: String,
    vu: Option<String>,
    #[serde(rename = "non-vu")]
    unseen: Option<String>,
    etape: Option<String>,
    #[serde(rename = "etape-non-vue")]
    step_unseen: Option<String>,
}

/// Marks an answer, a row or a step as seen, or takes the mark away.
pub async fn see(
    State(web): State<Web>,
    Signed(actor): Signed,
    Path(id): Path<String>,
    Form(posted): Form<SeenPosted>,
) -> Result<Redirect, Refusal> {
    let SeenPosted { depot, regard, vu, unseen, etape, step_unseen } = posted;
    let place = |text: String| What::Place(At::parse(&text));
    let (what, is_seen) = match (vu, unseen, etape, step_unseen) {
        (Some(at), None, None, None) => (place(at), true),
        (None, Some(at), None, None) => (place(at), false),
        (None, None, Some(step), None) => (What::Step(step), true),
        (None, None, None, Some(step)) => (What::Step(step), false),
        _ => return Err(Refusal::BadRequest),
    };
    let dossier = id.as_str().into();
    match seen::mark(&web.services, &actor, (&dossier, depot), &what, is_seen).await {
        Ok(()) => Ok(Redirect::to(&routes::seen_at(&id, lens(&regard), &what_at(&what)))),
        Err(SeeError::NotFound) => Err(Refusal::NotFound),
        Err(SeeError::Store(error)) => Err(error.into()),
    }
}

fn what_at(what: &What) -> String {
    match what {
        What::Place(at) => at.to_string(),
        What::Step(section) => section.clone(),
    }
}
