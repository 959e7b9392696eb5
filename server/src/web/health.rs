//! For those who watch the service.

use axum::{extract::State, http::StatusCode};

use super::Web;

/// The process answers.
pub async fn alive() -> &'static str {
    "ok"
}

/// The store reads and writes too.
pub async fn ready(State(web): State<Web>) -> (StatusCode, &'static str) {
    match web.services.store.ping().await {
        Ok(()) => (StatusCode::OK, "ok"),
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "the store does not answer"),
    }
}
