//! Gestures on answers, from the browser programme, and who is signed in.

use app::{
    exchange::{Kept, Person},
    format,
};
use axum::{
    Json,
    body::Bytes,
    extract::{Path, Query, State},
    response::{IntoResponse, Response},
};
use dossier::operation::Operation;
use serde::Deserialize;
use service::drafts;

use super::{Web, access::Signed, answer::Refusal};

/// Who wrote.
#[derive(Default, Deserialize)]
pub struct Author {
    /// Their account; a page that was open before somebody else signed in says another one.
    #[serde(default)]
    compte: String,
}

/// Who is signed in.
pub async fn who(signed: Result<Signed, Refusal>) -> Response {
    match signed {
        Ok(Signed(actor)) => {
            Json(Person { account: actor.device_name().to_owned(), name: actor.name })
                .into_response()
        }
        Err(refusal) => refusal.as_json(),
    }
}

/// Applies a batch. Each operation has its own outcome; a refused one stops nothing.
pub async fn save(
    State(web): State<Web>,
    signed: Result<Signed, Refusal>,
    Path(id): Path<String>,
    Query(author): Query<Author>,
    body: Bytes,
) -> Response {
    let saved = async {
        let Signed(actor) = signed?;
        if !author.compte.is_empty() && author.compte != actor.device_name() {
            return Err(Refusal::OtherPerson);
        }
        let operations: Vec<Operation> =
            serde_json::from_slice(&body).map_err(|_| Refusal::BadRequest)?;
        let outcomes = drafts::save(&web.services, &actor, &id.as_str().into(), operations)
            .await
            .map_err(|error| Refusal::of_save(error, &id))?;
        Ok(Kept { outcomes, at: format::hour(web.services.now()) })
    };
    match saved.await {
        Ok(kept) => Json(kept).into_response(),
        Err(refusal) => Refusal::as_json(&refusal),
    }
}
