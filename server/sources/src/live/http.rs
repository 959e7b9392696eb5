//! One small client for every system: bounded in time, bytes and attempts.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use reqwest::{Client, Response, StatusCode, Url, header, redirect};
use serde_json::Value;
use service::{Clock, findings::Fault};
use tokio::{sync::Semaphore, time};

use super::breaker::Breaker;

/// How we present ourselves, as the register asks for.
const USER_AGENT: &str = concat!("Trame/", env!("CARGO_PKG_VERSION"), " (conventionnement IAE)");
/// Most questions to one system at the same time: the register takes seven in a second.
const AT_ONCE: usize = 4;

/// What one answer may cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// To be connected.
    pub connect: Duration,
    /// One attempt, to its last byte.
    pub attempt: Duration,
    /// All attempts and the pauses between them.
    pub total: Duration,
    /// How often it is tried.
    pub attempts: u32,
    /// The pause after the first attempt; each one after is twice as long.
    pub pause: Duration,
    /// Longest body, in bytes.
    pub body: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(2),
            attempt: Duration::from_secs(5),
            total: Duration::from_secs(12),
            attempts: 3,
            pause: Duration::from_millis(300),
            body: 512 * 1024,
        }
    }
}

/// Why a system cannot be asked at all.
#[derive(Debug, thiserror::Error)]
pub enum SetUpError {
    /// Its address is none.
    #[error("« {0} » n'est pas une adresse http:// ou https://")]
    Address(String),
    /// The client cannot be built.
    #[error("le client HTTP ne peut pas être préparé : {0}")]
    Client(#[from] reqwest::Error),
    /// No safe connection can be made.
    #[error("les connexions TLS ne peuvent pas être préparées : {0}")]
    Tls(#[from] rustls::Error),
}

/// A system that is asked over HTTP.
pub struct Http {
    name: &'static str,
    base: Url,
    client: Client,
    limits: Limits,
    breaker: Mutex<Breaker>,
    at_once: Semaphore,
    clock: Arc<dyn Clock>,
}

/// Why one attempt failed, and whether another may do better.
enum Failure {
    Final(Fault),
    Again(Fault, Option<Duration>),
}

impl Http {
    /// A client of the system at this address.
    ///
    /// # Errors
    /// See [`SetUpError`].
    pub fn new(
        name: &'static str,
        base: &str,
        limits: Limits,
        proxy: Option<&str>,
        clock: Arc<dyn Clock>,
    ) -> Result<Self, SetUpError> {
        let refused = || SetUpError::Address(base.to_owned());
        let base =
            Url::parse(&format!("{}/", base.trim_end_matches('/'))).map_err(|_| refused())?;
        if !matches!(base.scheme(), "http" | "https") || base.host_str().is_none() {
            return Err(refused());
        }
        // A second call finds it installed: that is all that is wanted.
        drop(rustls::crypto::ring::default_provider().install_default());
        let mut builder = Client::builder()
            .user_agent(USER_AGENT)
            .connect_timeout(limits.connect)
            .timeout(limits.attempt)
            .redirect(redirect::Policy::limited(2))
            .pool_max_idle_per_host(AT_ONCE)
            .no_proxy();
        if let Some(proxy) = proxy {
            builder = builder.proxy(reqwest::Proxy::all(proxy)?);
        }
        Ok(Self {
            name,
            base,
            client: builder.build()?,
            limits,
            breaker: Mutex::default(),
            at_once: Semaphore::new(AT_ONCE),
            clock,
        })
    }

    /// The JSON at a path of this system.
    ///
    /// # Errors
    /// Why there is none, after as many attempts as are allowed.
    pub async fn json(&self, path: &str, query: &[(&str, &str)]) -> Result<Value, Fault> {
        let mut url = self.base.join(path).map_err(|_| Fault::Unreachable)?;
        url.query_pairs_mut().extend_pairs(query);
        let longest = i64::try_from(self.limits.total.as_millis()).unwrap_or(i64::MAX);
        let now = self.clock.now().0;
        if !self.breaker.lock().is_ok_and(|mut breaker| breaker.lets(now, longest)) {
            return Err(Fault::Busy);
        }
        let answer = time::timeout(self.limits.total, self.attempts(&url)).await;
        let answer = answer.unwrap_or(Err(Fault::Slow));
        let now = self.clock.now().0;
        if let Ok(mut breaker) = self.breaker.lock() {
            match &answer {
                // It answered, if only that it does not know or does not want to.
                Ok(_) | Err(Fault::Refused | Fault::Garbled | Fault::Elsewhere) => breaker.heard(),
                Err(Fault::Busy) => {}
                Err(_) => breaker.failed(now),
            }
        }
        match &answer {
            Ok(_) => tracing::debug!(source = self.name, "a source answered"),
            Err(fault) => tracing::warn!(source = self.name, %fault, "a source did not answer"),
        }
        answer
    }

    async fn attempts(&self, url: &Url) -> Result<Value, Fault> {
        let _permit = self.at_once.acquire().await.map_err(|_| Fault::Unreachable)?;
        let mut pause = self.limits.pause;
        let mut left = self.limits.attempts;
        loop {
            left = left.saturating_sub(1);
            let (fault, wanted) = match self.attempt(url).await {
                Ok(value) => return Ok(value),
                Err(Failure::Final(fault)) => return Err(fault),
                Err(Failure::Again(fault, wanted)) => (fault, wanted),
            };
            let rest = wanted.unwrap_or(pause);
            // Nobody waits as long as it may ask for; it is left alone as long as it asks for.
            if left == 0 || rest > self.limits.attempt {
                if let Some(wanted) = wanted {
                    self.leave_alone(wanted);
                }
                return Err(fault);
            }
            time::sleep(rest).await;
            pause *= 2;
        }
    }

    fn leave_alone(&self, wanted: Duration) {
        let now = self.clock.now().0;
        let rest = i64::try_from(wanted.as_millis()).unwrap_or(i64::MAX);
        if let Ok(mut breaker) = self.breaker.lock() {
            breaker.rests(now, rest);
        }
    }

    async fn attempt(&self, url: &Url) -> Result<Value, Failure> {
        let sent = self.client.get(url.clone()).header(header::ACCEPT, "application/json");
        let response = sent.send().await.map_err(|error| {
            let fault = if error.is_timeout() { Fault::Slow } else { Fault::Unreachable };
            Failure::Again(fault, None)
        })?;
        match response.status() {
            status if status.is_success() => {}
            StatusCode::TOO_MANY_REQUESTS => {
                return Err(Failure::Again(Fault::Busy, retry_after(&response)));
            }
            status if status.is_server_error() => {
                return Err(Failure::Again(Fault::Broken, retry_after(&response)));
            }
            _ => return Err(Failure::Final(Fault::Refused)),
        }
        let body = self.body(response).await?;
        serde_json::from_slice(&body).map_err(|_| Failure::Final(Fault::Garbled))
    }

    /// The whole body, unless it is longer than anything that makes sense.
    async fn body(&self, mut response: Response) -> Result<Vec<u8>, Failure> {
        let most = self.limits.body;
        if response.content_length().is_some_and(|length| length > most as u64) {
            return Err(Failure::Final(Fault::Garbled));
        }
        let mut body = Vec::new();
        loop {
            match response.chunk().await {
                Ok(Some(chunk)) if body.len() + chunk.len() <= most => {
                    body.extend_from_slice(&chunk);
                }
                Ok(Some(_)) => return Err(Failure::Final(Fault::Garbled)),
                Ok(None) => return Ok(body),
                Err(error) if error.is_timeout() => return Err(Failure::Again(Fault::Slow, None)),
                // Cut off in the middle.
                Err(_) => return Err(Failure::Again(Fault::Garbled, None)),
            }
        }
    }
}

/// How long the system asks to be left alone, when it says so in seconds.
fn retry_after(response: &Response) -> Option<Duration> {
    let said = response.headers().get(header::RETRY_AFTER)?.to_str().ok()?;
    said.trim().parse().ok().map(Duration::from_secs)
}
