//! The provider, as the use cases ask it.

use std::{sync::Arc, time::Duration};

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use openidconnect::{
    AuthType, AuthenticationContextClass, AuthorizationCode, ClaimsVerificationError, ClientId,
    ClientSecret, CsrfToken, IssuerUrl, LogoutRequest, Nonce, OAuth2TokenResponse,
    PkceCodeChallenge, PkceCodeVerifier, PostLogoutRedirectUrl, ProviderMetadataWithLogout,
    RedirectUrl, RequestTokenError, Scope, SignatureVerificationError, TokenResponse,
    UserInfoError,
    core::{
        CoreAuthenticationFlow, CoreClient, CoreClientAuthMethod, CoreErrorResponseType,
        CoreIdToken, CoreIdTokenClaims, CoreJwsSigningAlgorithm,
    },
};
use reqwest::Client;
use service::{
    Clock, Millis,
    federation::{Identified, Provider, ProviderFault, Question},
};

use crate::{
    claims::{self, Told},
    http::{self, SetUpError, send},
    keys::Published,
};

/// How far the provider's clock may be from ours.
const SKEW: i64 = 2 * 60_000;
/// How old a token may be when it comes: a code lives a minute or so.
const OLDEST: i64 = 10 * 60_000;

/// How the provider is reached, and as whom.
#[derive(Clone, PartialEq, Eq)]
pub struct Settings {
    /// Its address, exactly as it calls itself.
    pub issuer: String,
    /// Who we are there.
    pub client_id: String,
    /// What proves it.
    pub client_secret: String,
    /// What is asked, beside `openid`.
    pub scopes: Vec<String>,
    /// Levels of authentication that are accepted; any when none is named.
    pub acr: Vec<String>,
    /// Where people come back to.
    pub redirect: String,
    /// Where people come back to once signed out.
    pub farewell: String,
}

/// An OpenID Connect provider.
pub struct OpenId {
    settings: Settings,
    published: Published,
    client: Client,
    clock: Arc<dyn Clock>,
    redirect: RedirectUrl,
    farewell: PostLogoutRedirectUrl,
}

impl OpenId {
    /// Prepares to ask it. Nothing is sent yet.
    ///
    /// # Errors
    /// When an address is none, or TLS cannot be set up.
    pub fn new(
        settings: Settings,
        proxy: Option<&str>,
        clock: Arc<dyn Clock>,
    ) -> Result<Self, SetUpError> {
        let refused = |address: &str| SetUpError::Address(address.to_owned());
        let issuer = IssuerUrl::new(settings.issuer.clone());
        let issuer = issuer.map_err(|_| refused(&settings.issuer))?;
        let redirect = RedirectUrl::new(settings.redirect.clone());
        let redirect = redirect.map_err(|_| refused(&settings.redirect))?;
        let farewell = PostLogoutRedirectUrl::new(settings.farewell.clone());
        let farewell = farewell.map_err(|_| refused(&settings.farewell))?;
        let client = http::client(proxy)?;
        let published = Published::new(issuer, client.clone(), Arc::clone(&clock));
        Ok(Self { settings, published, client, clock, redirect, farewell })
    }

    /// The claims of a token, once everything about it was verified.
    fn verified<'a>(
        &self,
        metadata: &ProviderMetadataWithLogout,
        token: &'a CoreIdToken,
        nonce: &str,
    ) -> Result<&'a CoreIdTokenClaims, ClaimsVerificationError> {
        let now = self.clock.now();
        let client = CoreClient::from_provider_metadata(
            metadata.clone(),
            ClientId::new(self.settings.client_id.clone()),
            Some(ClientSecret::new(self.settings.client_secret.clone())),
        );
        let wanted = self.settings.acr.clone();
        let verifier = client
            .id_token_verifier()
            // What one secret signs for both, anybody who has it could sign: only pairs of keys.
            .set_allowed_algs([
                CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
                CoreJwsSigningAlgorithm::RsaSsaPssSha256,
                CoreJwsSigningAlgorithm::EcdsaP256Sha256,
                CoreJwsSigningAlgorithm::EcdsaP384Sha384,
                CoreJwsSigningAlgorithm::EdDsa,
            ])
            .set_time_fn(move || moment(now.plus(-SKEW)))
            .set_issue_time_verifier_fn(move |at| is_recent(at, now))
            .set_auth_context_verifier_fn(move |acr| has_level(acr, &wanted));
        token.claims(&verifier, &Nonce::new(nonce.to_owned()))
    }
}

/// Whether a token was issued about now, as far as two clocks agree.
fn is_recent(at: DateTime<Utc>, now: Millis) -> Result<(), String> {
    let at = at.timestamp_millis();
    if at > now.0 + SKEW {
        return Err(AHEAD.to_owned());
    }
    if at < now.0 - OLDEST { Err(STALE.to_owned()) } else { Ok(()) }
}

/// Whether a person showed who they are as well as is wanted.
fn has_level(acr: Option<&AuthenticationContextClass>, wanted: &[String]) -> Result<(), String> {
    let level = acr.map_or("", |acr| acr.as_str());
    let enough = wanted.is_empty() || wanted.iter().any(|one| one == level);
    if enough { Ok(()) } else { Err(format!("acr {level:?}")) }
}

const AHEAD: &str = "issued in the future";
const STALE: &str = "issued long ago";

fn moment(at: Millis) -> DateTime<Utc> {
    DateTime::from_timestamp_millis(at.0).unwrap_or(DateTime::<Utc>::MAX_UTC)
}

#[async_trait]
impl Provider for OpenId {
    fn issuer(&self) -> &str {
        &self.settings.issuer
    }

    async fn address(&self, question: &Question) -> Result<String, ProviderFault> {
        let metadata = self.published.now().await?;
        let client = CoreClient::from_provider_metadata(
            (*metadata).clone(),
            ClientId::new(self.settings.client_id.clone()),
            None,
        )
        .set_redirect_uri(self.redirect.clone());
        let verifier = PkceCodeVerifier::new(question.verifier.clone());
        let (state, nonce) = (question.state.clone(), question.nonce.clone());
        let mut request = client
            .authorize_url(
                CoreAuthenticationFlow::AuthorizationCode,
                move || CsrfToken::new(state),
                move || Nonce::new(nonce),
            )
            .set_pkce_challenge(PkceCodeChallenge::from_code_verifier_sha256(&verifier));
        for scope in self.settings.scopes.iter().filter(|scope| *scope != "openid") {
            request = request.add_scope(Scope::new(scope.clone()));
        }
        for acr in &self.settings.acr {
            request = request.add_auth_context_value(AuthenticationContextClass::new(acr.clone()));
        }
        Ok(request.url().0.to_string())
    }

    async fn identify(&self, code: &str, question: &Question) -> Result<Identified, ProviderFault> {
        let metadata = self.published.now().await?;
        let auth = metadata.token_endpoint_auth_methods_supported();
        let by_body =
            auth.is_some_and(|ways| !ways.contains(&CoreClientAuthMethod::ClientSecretBasic));
        let client = |metadata: ProviderMetadataWithLogout| {
            CoreClient::from_provider_metadata(
                metadata,
                ClientId::new(self.settings.client_id.clone()),
                Some(ClientSecret::new(self.settings.client_secret.clone())),
            )
            .set_redirect_uri(self.redirect.clone())
            .set_auth_type(if by_body {
                AuthType::RequestBody
            } else {
                AuthType::BasicAuth
            })
        };
        let ask = |request| send(self.client.clone(), request);
        let asking = client((*metadata).clone());
        let request = asking
            .exchange_code(AuthorizationCode::new(code.to_owned()))
            .map_err(|_| ProviderFault::Garbled)?
            .set_pkce_verifier(PkceCodeVerifier::new(question.verifier.clone()));
        let tokens = request.request_async(&ask).await.map_err(|error| {
            tracing::warn!(%error, "the provider of identities gave no token");
            match error {
                RequestTokenError::Request(_) => ProviderFault::Down,
                RequestTokenError::ServerResponse(said)
                    if *said.error() == CoreErrorResponseType::InvalidGrant =>
                {
                    ProviderFault::Expired
                }
                RequestTokenError::ServerResponse(_) => ProviderFault::Misconfigured,
                _ => ProviderFault::Garbled,
            }
        })?;
        let token = tokens.id_token().ok_or(ProviderFault::Garbled)?;
        let (metadata, claims) = match self.verified(&metadata, token, &question.nonce) {
            // Keys change: the provider is asked for those of today, once.
            Err(ClaimsVerificationError::SignatureVerification(
                SignatureVerificationError::NoMatchingKey,
            )) => {
                let fresh = self.published.again(&metadata).await?;
                let claims = self.verified(&fresh, token, &question.nonce);
                (fresh, claims.map_err(|error| of_claims(&error))?)
            }
            verified => (metadata, verified.map_err(|error| of_claims(&error))?),
        };
        let asking = client((*metadata).clone());
        let request = asking
            .user_info(tokens.access_token().clone(), Some(claims.subject().clone()))
            .map_err(|_| ProviderFault::Garbled)?;
        let told: Told = request.request_async(&ask).await.map_err(|error| {
            tracing::warn!(%error, "the provider of identities said nothing of the person");
            match error {
                UserInfoError::Request(_) => ProviderFault::Down,
                UserInfoError::Response(status, ..) if status.is_server_error() => {
                    ProviderFault::Down
                }
                UserInfoError::ClaimsVerification(error) => of_claims(&error),
                _ => ProviderFault::Garbled,
            }
        })?;
        Ok(Identified {
            issuer: self.settings.issuer.clone(),
            subject: claims.subject().to_string(),
            email: told.email().map(|email| email.to_lowercase()).unwrap_or_default(),
            email_is_verified: told.email_verified().unwrap_or(false),
            name: claims::name(&told),
            siret: claims::siret(&told),
            idp_id: claims::idp(&told),
            acr: claims.auth_context_ref().map(|acr| acr.to_string()).unwrap_or_default(),
            id_token: token.to_string(),
        })
    }

    async fn farewell(&self, id_token: &str) -> Option<String> {
        // A person who leaves does not wait for a provider that is slow.
        let asked = tokio::time::timeout(Duration::from_secs(3), self.published.now());
        let metadata = asked.await.ok()?.ok()?;
        let end = metadata.additional_metadata().end_session_endpoint.clone()?;
        let token: CoreIdToken = id_token.parse().ok()?;
        let request = LogoutRequest::from(end)
            .set_id_token_hint(&token)
            .set_post_logout_redirect_uri(self.farewell.clone());
        Some(request.http_get_url().to_string())
    }
}

fn of_claims(error: &ClaimsVerificationError) -> ProviderFault {
    tracing::warn!(%error, "a token of the provider of identities was refused");
    match error {
        ClaimsVerificationError::Expired(_) => ProviderFault::Clock,
        ClaimsVerificationError::Other(why) if why.contains(AHEAD) || why.contains(STALE) => {
            ProviderFault::Clock
        }
        ClaimsVerificationError::InvalidNonce(_) => ProviderFault::OtherAnswer,
        ClaimsVerificationError::InvalidAuthContext(_) => ProviderFault::WeakLevel,
        _ => ProviderFault::Untrusted,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clocks_may_differ_by_two_minutes() {
        let now = Millis(1_790_000_000_000);
        let at = |millis| is_recent(moment(now.plus(millis)), now).is_ok();
        assert!(at(0) && at(SKEW) && at(-OLDEST));
        assert!(!at(SKEW + 1_000) && !at(-OLDEST - 1_000));
    }

    #[test]
    fn a_level_that_is_wanted_is_shown() {
        let acr = |text: &str| AuthenticationContextClass::new(text.to_owned());
        let wanted = ["eidas2".to_owned()];
        assert!(has_level(Some(&acr("eidas2")), &wanted).is_ok());
        assert!(
            has_level(Some(&acr("eidas1")), &wanted).is_err() && has_level(None, &wanted).is_err()
        );
        assert!(has_level(None, &[]).is_ok());
    }
}
