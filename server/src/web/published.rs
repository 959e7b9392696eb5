//! Forms as data, for the browser: it reads the one that a dossier follows, and keeps it for ever.

use std::{
    collections::BTreeMap,
    sync::{Arc, RwLock},
};

use axum::{
    Router,
    extract::{Path, State},
    http::header,
    response::{IntoResponse, Response},
    routing::get,
};
use dossier::form::{Form, revisions::FormKey};
use service::journal::sha256_hex;
use tower_http::compression::CompressionLayer;

use super::{Web, answer::Refusal};

/// Forms ready to be sent, by what they are. A form never changes: each is written once.
#[derive(Default)]
pub struct Published(RwLock<BTreeMap<FormKey, Arc<Sent>>>);

/// A form ready to be sent.
struct Sent {
    json: String,
    /// Where it is read: it holds a fingerprint, so that what is behind it never changes.
    address: String,
}

impl Published {
    fn of(&self, form: &Form) -> Arc<Sent> {
        let key = FormKey::of(form.revision);
        if let Some(sent) = self.0.read().ok().and_then(|known| known.get(&key).cloned()) {
            return sent;
        }
        // Definitions are texts and numbers: writing them does not fail.
        let json = serde_json::to_string(form.revision).unwrap_or_default();
        let print = sha256_hex(json.as_bytes());
        let address = format!("/formulaires/{key}.json?v={}", &print[..12]);
        let sent = Arc::new(Sent { json, address });
        if let Ok(mut known) = self.0.write() {
            known.insert(key, Arc::clone(&sent));
        }
        sent
    }

    /// Where the browser reads a form.
    pub fn address(&self, form: &Form) -> String {
        self.of(form).address.clone()
    }
}

/// The route of the forms: public, and read once by each browser.
pub fn route() -> Router<Web> {
    Router::new().route("/formulaires/{file}", get(read)).layer(CompressionLayer::new())
}

async fn read(State(web): State<Web>, Path(file): Path<String>) -> Result<Response, Refusal> {
    let key = file.strip_suffix(".json").and_then(FormKey::parse).ok_or(Refusal::NotFound)?;
    let form = web.services.store.form(&key).await?.ok_or(Refusal::NotFound)?;
    let fixed = [
        (header::CONTENT_TYPE, "application/json"),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
    ];
    Ok((fixed, web.published.of(&form).json.clone()).into_response())
}
