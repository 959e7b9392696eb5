//! What the provider publishes of itself, kept for a while.

use std::sync::Arc;

use openidconnect::{DiscoveryError, IssuerUrl, ProviderMetadataWithLogout};
use reqwest::Client;
use service::{Clock, Millis, federation::ProviderFault};
use tokio::sync::Mutex;

use crate::http::{Silence, send};

/// How long it is believed without being asked again.
const BELIEVED: i64 = 60 * 60_000;
/// Not asked again sooner: tokens come from the provider itself, nobody can make up a key to have it
/// asked again and again.
const AT_LEAST: i64 = 1_000;

/// Endpoints and keys of the provider.
pub struct Published {
    issuer: IssuerUrl,
    client: Client,
    clock: Arc<dyn Clock>,
    known: Mutex<Option<(Millis, Arc<ProviderMetadataWithLogout>)>>,
}

impl Published {
    /// Nothing is asked yet.
    pub fn new(issuer: IssuerUrl, client: Client, clock: Arc<dyn Clock>) -> Self {
        Self { issuer, client, clock, known: Mutex::default() }
    }

    /// What is known, asked again once it is old.
    pub async fn now(&self) -> Result<Arc<ProviderMetadataWithLogout>, ProviderFault> {
        self.younger_than(BELIEVED).await
    }

    /// What the provider says now: a token came that none of its known keys signed.
    pub async fn again(&self) -> Result<Arc<ProviderMetadataWithLogout>, ProviderFault> {
        self.younger_than(AT_LEAST).await
    }

    async fn younger_than(
        &self,
        age: i64,
    ) -> Result<Arc<ProviderMetadataWithLogout>, ProviderFault> {
        // Whoever comes meanwhile waits for the same answer.
        let mut known = self.known.lock().await;
        let now = self.clock.now();
        if let Some((at, metadata)) = known.as_ref()
            && now < at.plus(age)
        {
            return Ok(Arc::clone(metadata));
        }
        let client = &self.client;
        let ask = |request| send(client.clone(), request);
        let found = ProviderMetadataWithLogout::discover_async(self.issuer.clone(), &ask).await;
        let metadata = Arc::new(found.map_err(|error| fault(&error))?);
        *known = Some((now, Arc::clone(&metadata)));
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
