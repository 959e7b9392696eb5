//! A form that could not be taken stays in the page that says so: a browser that goes back would show
//! the step without what was typed.

use app::pages::message::Again;
use axum::{
    body::{Body, to_bytes},
    extract::Request,
    http::{Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};

use super::{BODY_LIMIT, answer::Refusal};

/// Keeps what is posted by a form about a dossier beside a refusal that is ours to mend.
pub async fn keep(request: Request, next: Next) -> Response {
    let kind = request.headers().get(header::CONTENT_TYPE).map(|kind| kind.as_bytes().to_owned());
    let is_form = kind.is_some_and(|kind| kind.starts_with(b"application/x-www-form-urlencoded"));
    let about = request.uri().path().starts_with("/dossiers");
    if request.method() != Method::POST || !is_form || !about {
        return next.run(request).await;
    }
    let action = request.uri().path_and_query().map(ToString::to_string).unwrap_or_default();
    let (parts, body) = request.into_parts();
    let Ok(body) = to_bytes(body, BODY_LIMIT).await else {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    };
    let mut response = next.run(Request::from_parts(parts, Body::from(body.clone()))).await;
    if response.extensions().get() == Some(&Refusal::Unavailable) {
        let fields = form_urlencoded::parse(&body).into_owned().collect();
        response.extensions_mut().insert(Again { action, fields });
    }
    response
}
