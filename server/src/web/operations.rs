//! Gestures on answers, from the browser programme.

use app::{exchange::Kept, format};
use axum::{
    Json,
    body::Bytes,
    extract::{Path, State},
    response::{IntoResponse, Response},
};
use dossier::operation::Operation;
use service::drafts;

use super::{Web, access::Signed, answer::Refusal};

/// Applies a batch. Each operation has its own outcome; a refused one stops nothing.
pub async fn save(
    State(web): State<Web>,
    signed: Result<Signed, Refusal>,
    Path(id): Path<String>,
    body: Bytes,
) -> Response {
    let saved = async {
        let Signed(actor) = signed?;
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
