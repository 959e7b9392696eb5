//! What protects every answer: headers that close the page to others, and a refusal of posts that
//! come from another site.

use axum::{
    extract::Request,
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};

use super::answer::Refusal;

/// Every script is a file of ours: no nonce is needed, and nothing inline runs.
pub const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
    img-src 'self' data:; connect-src 'self'; font-src 'self'; form-action 'self'; \
    frame-ancestors 'none'; base-uri 'none'";

const HEADERS: [(HeaderName, &str); 5] = [
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (header::REFERRER_POLICY, "same-origin"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
];

/// Seconds after which asking again may help, for a fault on our side: the store is there again within
/// one second of its own.
const RETRY_AFTER: HeaderValue = HeaderValue::from_static("5");

/// Sets the headers of every answer. Pages are never kept by caches: they hold answers.
pub async fn headers(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let unavailable = response.status() == StatusCode::SERVICE_UNAVAILABLE;
    let headers = response.headers_mut();
    for (name, value) in HEADERS {
        // A page that stands in a frame of ours says so itself.
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    // A document that people sent has a stricter one of its own.
    headers.entry(header::CONTENT_SECURITY_POLICY).or_insert(HeaderValue::from_static(POLICY));
    if unavailable {
        headers.insert(header::RETRY_AFTER, RETRY_AFTER);
    }
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}

/// Refuses a post that another site makes in the name of a signed-in person.
pub async fn same_origin(request: Request, next: Next) -> Response {
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    if reads || is_ours(request.headers()) {
        return next.run(request).await;
    }
    tracing::warn!(path = request.uri().path(), "post from another site refused");
    Refusal::ForeignSite.into_response()
}

fn is_ours(headers: &HeaderMap) -> bool {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(site) = text("sec-fetch-site") {
        return matches!(site, "same-origin" | "none");
    }
    match (text("origin"), text("host")) {
        (None, _) => true,
        (Some(origin), Some(host)) => origin.split_once("://").is_some_and(|(_, of)| of == host),
        (Some(_), None) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ours(pairs: &[(&'static str, &'static str)]) -> bool {
        let headers =
            pairs.iter().map(|(n, v)| (HeaderName::from_static(n), HeaderValue::from_static(v)));
        is_ours(&headers.collect())
    }

    #[test]
    fn only_our_own_pages_post() {
        assert!(ours(&[("sec-fetch-site", "same-origin")]));
        assert!(!ours(&[("sec-fetch-site", "cross-site")]));
        assert!(!ours(&[("sec-fetch-site", "same-site")]));
        assert!(ours(&[("origin", "https://trame.fr"), ("host", "trame.fr")]));
        assert!(!ours(&[("origin", "https://mal.fr"), ("host", "trame.fr")]));
        assert!(!ours(&[("origin", "null"), ("host", "trame.fr")]));
    }
}
