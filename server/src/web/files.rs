//! Built files and public marks, precompressed once.

use std::path::Path as FilePath;

use axum::{
    extract::{Path, State},
    http::{HeaderMap, HeaderValue, header},
    response::{IntoResponse, Response},
};
use tokio::fs;

use super::{Web, answer::Refusal};

/// A built file: its name holds a fingerprint, so it never changes.
pub async fn built(
    State(web): State<Web>,
    headers: HeaderMap,
    Path(file): Path<String>,
) -> Result<Response, Refusal> {
    serve(&web.site.join("pkg"), &file, &headers, "public, max-age=31536000, immutable").await
}

/// A mark, a small script: kept for an hour.
pub async fn public(
    State(web): State<Web>,
    headers: HeaderMap,
    Path(file): Path<String>,
) -> Result<Response, Refusal> {
    serve(&web.site, &file, &headers, "public, max-age=3600").await
}

async fn serve(
    folder: &FilePath,
    file: &str,
    headers: &HeaderMap,
    keep: &'static str,
) -> Result<Response, Refusal> {
    let plain = file.bytes().all(|b| b.is_ascii_alphanumeric() || b"._-".contains(&b));
    let kind = file.rsplit_once('.').and_then(|(_, extension)| content_type(extension));
    let (true, false, Some(kind)) = (plain, file.starts_with('.'), kind) else {
        return Err(Refusal::NotFound);
    };
    let takes_brotli = headers
        .get(header::ACCEPT_ENCODING)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|value| value.split(',').any(|one| one.trim().starts_with("br")));
    let fixed = [
        (header::CONTENT_TYPE, kind),
        (header::CACHE_CONTROL, keep),
        (header::VARY, "accept-encoding"),
    ];
    if takes_brotli && let Ok(bytes) = fs::read(folder.join(format!("{file}.br"))).await {
        let encoding = [(header::CONTENT_ENCODING, HeaderValue::from_static("br"))];
        return Ok((fixed, encoding, bytes).into_response());
    }
    let bytes = fs::read(folder.join(file)).await.map_err(|_| Refusal::NotFound)?;
    Ok((fixed, bytes).into_response())
}

fn content_type(extension: &str) -> Option<&'static str> {
    Some(match extension {
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "txt" => "text/plain; charset=utf-8",
        _ => return None,
    })
}
