//! What the provider publishes of itself, kept for a while.

use std::{sync::Arc, time::Duration};

use openidconnect::{DiscoveryError, IssuerUrl, ProviderMetadataWithLogout};
use reqwest::Client;
use service::{Clock, Millis, federation::ProviderFault};
use tokio::sync::Mutex;

use crate::http::{Silence, send};

type Metadata = Arc<ProviderMetadataWithLogout>;

/// How long it is believed without being asked again.
const BELIEVED: i64 = 60 * 60_000;
/// Not asked again sooner, but waited for: the keys may have changed since a moment ago.
const AT_LEAST: i64 = 1_000;

/// Endpoints and keys of the provider.
pub struct Published {
    issuer: IssuerUrl,
    client: Client,
    clock: Arc<dyn Clock>,
    known: Mutex<Option<(Millis, Metadata)>>,
}

impl Published {
    /// Nothing is asked yet.
    pub fn new(issuer: IssuerUrl, client: Client, clock: Arc<dyn Clock>) -> Self {
        Self { issuer, client, clock, known: Mutex::default() }
    }

    /// What is known, asked again once it is old.
    pub async fn now(&self) -> Result<Metadata, ProviderFault> {
        // Whoever comes meanwhile waits for the same answer.
        let mut known = self.known.lock().await;
        match known.as_ref() {
            Some((at, metadata)) if self.clock.now() < at.plus(BELIEVED) => {
                Ok(Arc::clone(metadata))
            }
            _ => self.ask(&mut known).await,
        }
    }

    /// What the provider says now: a token came that no key of `outdated` signed.
    pub async fn again(&self, outdated: &Metadata) -> Result<Metadata, ProviderFault> {
        let mut known = self.known.lock().await;
        if let Some((at, metadata)) = known.as_ref() {
            // Somebody else had the same trouble, and asked.
            if !Arc::ptr_eq(metadata, outdated) {
                return Ok(Arc::clone(metadata));
            }
            let wait = (at.plus(AT_LEAST).0 - self.clock.now().0).clamp(0, AT_LEAST);
            tokio::time::sleep(Duration::from_millis(wait.unsigned_abs())).await;
        }
        self.ask(&mut known).await
    }

    async fn ask(&self, known: &mut Option<(Millis, Metadata)>) -> Result<Metadata, ProviderFault> {
        let client = &self.client;
        let ask = |request| send(client.clone(), request);
        let found = ProviderMetadataWithLogout::discover_async(self.issuer.clone(), &ask).await;
        let metadata = Arc::new(found.map_err(|error| fault(&error))?);
        *known = Some((self.clock.now(), Arc::clone(&metadata)));
        Ok(metadata)
    }
}

fn fault(error: &DiscoveryError<Silence>) -> ProviderFault {
    tracing::warn!(%error, "the provider of identities was not discovered");
    match error {
        DiscoveryError::Request(_) => ProviderFault::Down,
        DiscoveryError::Response(status, ..) if status.is_server_error() => ProviderFault::Down,
        _ => ProviderFault::Garbled,
    }
}
