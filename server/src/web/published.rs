//! Forms as data, for the browser: it reads the one that a dossier follows, and keeps it for ever.

use std::{ptr, sync::LazyLock};

use axum::{
    Router,
    extract::Path,
    http::header,
    response::{IntoResponse, Response},
    routing::get,
};
use dossier::form::Form;
use form::Revision;
use service::journal::sha256_hex;
use tower_http::compression::CompressionLayer;

use super::{Web, answer::Refusal};
use crate::forms::forms;

/// A form ready to be sent.
struct Published {
    revision: &'static Revision,
    json: String,
    /// Where it is read: it holds a fingerprint, so that what is behind it never changes.
    address: String,
}

/// Every form of the programme.
static FORMS: LazyLock<Vec<Published>> = LazyLock::new(|| {
    let publish = |revision: &'static Revision| {
        // Definitions are texts and numbers: writing them does not fail.
        let json = serde_json::to_string(revision).unwrap_or_default();
        let print = sha256_hex(json.as_bytes());
        let address = format!("/formulaires/{}?v={}", name_of(revision), &print[..12]);
        Published { revision, json, address }
    };
    forms().into_iter().map(publish).collect()
});

fn name_of(revision: &Revision) -> String {
    format!("{}-{}.json", revision.form, revision.number)
}

/// The route of the forms: public, and read once by each browser.
pub fn route() -> Router<Web> {
    Router::new().route("/formulaires/{file}", get(read)).layer(CompressionLayer::new())
}

/// Where the browser reads a form.
pub fn address(form: &Form) -> &'static str {
    let published = FORMS.iter().find(|published| ptr::eq(published.revision, form.revision));
    published.map_or("", |published| &published.address)
}

async fn read(Path(file): Path<String>) -> Result<Response, Refusal> {
    let published = FORMS.iter().find(|published| name_of(published.revision) == file);
    let published = published.ok_or(Refusal::NotFound)?;
    let fixed = [
        (header::CONTENT_TYPE, "application/json"),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
    ];
    Ok((fixed, published.json.as_str()).into_response())
}
