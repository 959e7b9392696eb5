//! The one client that speaks to the provider: bounded in time and bytes, and never led elsewhere.

use std::time::Duration;

use openidconnect::{HttpRequest, HttpResponse, http};
use reqwest::{Client, redirect};
use thiserror::Error;

/// How we present ourselves.
const USER_AGENT: &str = concat!("Trame/", env!("CARGO_PKG_VERSION"), " (conventionnement IAE)");
/// Longest wait for one answer, to its last byte: a person is waiting.
const PATIENCE: Duration = Duration::from_secs(6);
/// Longest answer: keys of a provider are a few kilobytes.
const LONGEST: usize = 256 * 1024;

/// Why a provider cannot be asked at all.
#[derive(Debug, Error)]
pub enum SetUpError {
    /// Its address is none.
    #[error("« {0} » n'est pas une adresse http:// ou https://")]
    Address(String),
    /// The client cannot be built.
    #[error("le client HTTP ne peut pas être préparé : {0}")]
    Client(#[from] reqwest::Error),
}

/// Why one request has no answer.
#[derive(Debug, Error)]
pub enum Silence {
    /// It could not be sent, or nothing came back in time.
    #[error(transparent)]
    Lost(#[from] reqwest::Error),
    /// The answer is longer than anything that makes sense.
    #[error("the answer is too long")]
    TooLong,
    /// The answer does not read.
    #[error(transparent)]
    Garbled(#[from] http::Error),
}

/// A client that goes through this proxy, if any.
pub fn client(proxy: Option<&str>) -> Result<Client, SetUpError> {
    // A second call finds it installed: that is all that is wanted.
    drop(rustls::crypto::ring::default_provider().install_default());
    let mut builder = Client::builder()
        .user_agent(USER_AGENT)
        .connect_timeout(Duration::from_secs(2))
        .timeout(PATIENCE)
        .redirect(redirect::Policy::none())
        .no_proxy();
    if let Some(proxy) = proxy {
        builder = builder.proxy(reqwest::Proxy::all(proxy)?);
    }
    Ok(builder.build()?)
}

/// Sends one request.
pub async fn send(client: Client, request: HttpRequest) -> Result<HttpResponse, Silence> {
    let mut response = client.execute(request.try_into()?).await?;
    let mut answer = http::Response::builder().status(response.status());
    for (name, value) in response.headers() {
        answer = answer.header(name, value);
    }
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await? {
        if body.len() + chunk.len() > LONGEST {
            return Err(Silence::TooLong);
        }
        body.extend_from_slice(&chunk);
    }
    Ok(answer.body(body)?)
}
