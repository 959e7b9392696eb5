//! The last signed head of the journals, for whoever wants to keep it elsewhere: nothing in it is about
//! anybody.

use axum::{Json, extract::State};
use serde::Serialize;

use super::{Web, answer::Refusal};

/// What is published.
#[derive(Serialize)]
pub struct Published {
    jour: String,
    texte: String,
    sceau: String,
    signature: String,
    cle_publique: String,
}

/// The last seal.
pub async fn last(State(web): State<Web>) -> Result<Json<Published>, Refusal> {
    let seal = web.services.store.last_seal().await?.ok_or(Refusal::NotFound)?;
    Ok(Json(Published {
        jour: seal.day.to_string(),
        texte: seal.text(),
        sceau: seal.seal,
        signature: seal.signature,
        cle_publique: seal.public_key,
    }))
}
