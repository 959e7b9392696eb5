//! Signing in through a provider of identities: going there, coming back, and who that is here.

use async_trait::async_trait;
use dossier::{id::AccountId, role::Role};

use crate::{
    Account, Millis, Services, StoreError,
    journal::{hex, sha256_hex},
    sessions::{self, SignedIn},
    teams::{self, JoinError},
};

/// How long a person may take at the provider.
const PATIENCE: i64 = 20 * 60_000;

/// What is asked of the provider once: its answer holds the same secrets.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Question {
    /// Comes back with the person.
    pub state: String,
    /// Comes back in the signed token.
    pub nonce: String,
    /// Shows, when the code is exchanged, that it was asked for here (PKCE).
    pub verifier: String,
}

/// Who the provider says that a person is.
#[derive(Clone, PartialEq, Eq)]
pub struct Identified {
    /// Which provider.
    pub issuer: String,
    /// Its name for the person: never changes, never given to another.
    pub subject: String,
    /// E-mail address, lower case; empty when it does not say.
    pub email: String,
    /// Whether the provider verified that the address is the person's.
    pub email_is_verified: bool,
    /// Name; may be empty.
    pub name: String,
    /// SIRET of the employer; empty when it does not say.
    pub siret: String,
    /// The provider behind it; may be empty.
    pub idp_id: String,
    /// How the person showed who they are; may be empty.
    pub acr: String,
    /// The signed token: it says goodbye at the end.
    pub id_token: String,
}

/// Why a provider does not say who somebody is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProviderFault {
    /// It does not answer.
    #[error("the provider does not answer")]
    Down,
    /// It does not know us, or wants something that we do not send.
    #[error("the provider refuses us")]
    Misconfigured,
    /// It says what makes no sense.
    #[error("the provider says what makes no sense")]
    Garbled,
    /// The code is over, or was used before.
    #[error("the code is over, or was used")]
    Expired,
    /// The answer is that to another question.
    #[error("the answer is to another question")]
    OtherAnswer,
    /// Its clock and ours differ too much.
    #[error("the clocks differ")]
    Clock,
    /// The signature, the sender or the addressee is wrong.
    #[error("the answer cannot be trusted")]
    Untrusted,
    /// The person did not show who they are as well as is wanted here.
    #[error("the level of authentication is too low")]
    WeakLevel,
}

/// A provider of identities.
#[async_trait]
pub trait Provider: Send + Sync {
    /// What it calls itself.
    fn issuer(&self) -> &str;
    /// Where a person goes to say who they are.
    async fn address(&self, question: &Question) -> Result<String, ProviderFault>;
    /// Who came back with this code.
    async fn identify(&self, code: &str, question: &Question) -> Result<Identified, ProviderFault>;
    /// Where a person goes to be signed out there too; `None` when that cannot be.
    async fn farewell(&self, id_token: &str) -> Option<String>;
}

/// A person who went to the provider and did not come back yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Begun {
    /// SHA-256 of the state, hexadecimal.
    pub state_hash: String,
    /// SHA-256 of what the browser keeps meanwhile: who comes back elsewhere is somebody else.
    pub browser_hash: String,
    /// See [`Question`].
    pub nonce: String,
    /// See [`Question`].
    pub verifier: String,
    /// Where the person wanted to go.
    pub back: String,
    /// Whether the computer is not the person's own.
    pub shared: bool,
    /// SHA-256 of the secret of the invitation that brought them; empty without one.
    pub invitation: String,
    /// When it is too late.
    pub until: Millis,
}

/// A person as a provider knows them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// Which provider.
    pub issuer: String,
    /// Its name for the person.
    pub subject: String,
    /// Who that is here.
    pub account: AccountId,
    /// SIRET of the employer; may be empty.
    pub siret: String,
    /// The provider behind it; may be empty.
    pub idp_id: String,
    /// How the person showed who they are the last time; may be empty.
    pub acr: String,
    /// When that was.
    pub seen_at: Millis,
}

/// A person on the way to the provider.
#[derive(Clone, PartialEq, Eq)]
pub struct Going {
    /// Where to.
    pub address: String,
    /// What the browser keeps meanwhile.
    pub browser: String,
}

/// Somebody who came back.
pub enum Arrival {
    /// Signed in.
    SignedIn {
        /// The session.
        signed: SignedIn,
        /// Where the person wanted to go.
        back: String,
        /// Whether the computer is not the person's own.
        shared: bool,
        /// The signed token.
        id_token: String,
    },
    /// Nobody here: the person must be invited.
    Unknown(Identified),
}

/// Why one cannot sign in through the provider.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FederationError {
    /// There is no provider here.
    #[error("no provider is configured")]
    NoProvider,
    /// It does not say who that is.
    #[error(transparent)]
    Provider(#[from] ProviderFault),
    /// Begun elsewhere, too long ago, or ended already.
    #[error("this sign-in was not begun here, or is over")]
    NotBegun,
    /// The person said no there.
    #[error("the person did not go on")]
    Declined,
    /// The address belongs to an account, and the provider does not vouch for it.
    #[error("the address has an account already")]
    AddressTaken,
    /// The invitation does not let them in.
    #[error(transparent)]
    Invitation(#[from] JoinError),
    /// The store cannot answer.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Sends a person to the provider. What the answer must hold is kept here, not in the browser:
/// another server may see them come back, and nobody comes back twice.
///
/// # Errors
/// When there is no provider, or it does not answer.
pub async fn begin(
    services: &Services,
    back: &str,
    shared: bool,
    invitation: Option<&str>,
) -> Result<Going, FederationError> {
    let provider = services.provider.as_ref().ok_or(FederationError::NoProvider)?;
    let secret = || hex(&services.ids.secret());
    let question = Question { state: secret(), nonce: secret(), verifier: secret() };
    let (browser, now) = (secret(), services.now());
    let address = provider.address(&question).await?;
    services.store.forget_begun_sign_ins(now).await?;
    let begun = Begun {
        state_hash: sha256_hex(question.state.as_bytes()),
        browser_hash: sha256_hex(browser.as_bytes()),
        nonce: question.nonce,
        verifier: question.verifier,
        back: back.to_owned(),
        shared,
        invitation: invitation.map(|token| sha256_hex(token.as_bytes())).unwrap_or_default(),
        until: now.plus(PATIENCE),
    };
    services.store.add_begun_sign_in(&begun).await?;
    Ok(Going { address, browser })
}

/// What a person comes back with.
#[derive(Clone, Copy)]
pub struct Return<'a> {
    /// The state.
    pub state: &'a str,
    /// What the browser kept.
    pub browser: &'a str,
    /// The code; empty when the provider gives none.
    pub code: &'a str,
    /// Who answers, as far as the answer says it; empty otherwise (RFC 9207).
    pub issuer: &'a str,
}

/// Takes in a person who comes back.
///
/// # Errors
/// See [`FederationError`]. What was begun is over in any case.
pub async fn end(services: &Services, with: Return<'_>) -> Result<Arrival, FederationError> {
    let provider = services.provider.as_ref().ok_or(FederationError::NoProvider)?;
    let state_hash = sha256_hex(with.state.as_bytes());
    let begun = services.store.take_begun_sign_in(&state_hash).await?;
    let begun = begun.ok_or(FederationError::NotBegun)?;
    let is_ours = begun.browser_hash == sha256_hex(with.browser.as_bytes());
    if !is_ours || services.now() >= begun.until {
        return Err(FederationError::NotBegun);
    }
    if !with.issuer.is_empty() && with.issuer != provider.issuer() {
        return Err(ProviderFault::Untrusted.into());
    }
    if with.code.is_empty() {
        return Err(FederationError::Declined);
    }
    let question =
        Question { state: with.state.to_owned(), nonce: begun.nonce, verifier: begun.verifier };
    let who = provider.identify(with.code, &question).await?;
    let Some(account) = account_of(services, &who, &begun.invitation).await? else {
        return Ok(Arrival::Unknown(who));
    };
    services.store.put_identity(&identity(&who, &account, services.now())).await?;
    teams::claim(services, &account, &who.siret).await?;
    let signed = sessions::begin(services, &account).await?;
    let Begun { back, shared, .. } = begun;
    Ok(Arrival::SignedIn { signed, back, shared, id_token: who.id_token })
}

fn identity(who: &Identified, account: &AccountId, seen_at: Millis) -> Identity {
    Identity {
        issuer: who.issuer.clone(),
        subject: who.subject.clone(),
        account: account.clone(),
        siret: who.siret.clone(),
        idp_id: who.idp_id.clone(),
        acr: who.acr.clone(),
        seen_at,
    }
}

/// Who that is here: as known before, by an address that the provider vouches for, by an invitation,
/// or by the SIRET of their employer. In this order: an invitation never makes a second account.
async fn account_of(
    services: &Services,
    who: &Identified,
    invitation: &str,
) -> Result<Option<AccountId>, FederationError> {
    let known = services.store.identity(&who.issuer, &who.subject).await?;
    let mut account = known.map(|identity| identity.account);
    if account.is_none() && !who.email.is_empty() {
        let same = services.store.account_by_email(&who.email).await?;
        account = match same {
            // Nobody becomes a person of a demonstration.
            Some(same) if who.email_is_verified && !same.is_persona => Some(same.id),
            Some(_) => return Err(FederationError::AddressTaken),
            None => None,
        };
    }
    if !invitation.is_empty() {
        let newcomer = newcomer(services, who, Role::SiaeMember);
        return Ok(Some(teams::accept(services, invitation, account, Some(newcomer)).await?));
    }
    if account.is_some() || who.siret.is_empty() || who.email.is_empty() {
        return Ok(account);
    }
    if services.store.structures_by_siret(&who.siret).await?.is_empty() {
        return Ok(None);
    }
    let newcomer = newcomer(services, who, Role::SiaeMember);
    services.store.add_account(&newcomer).await?;
    Ok(Some(newcomer.id))
}

fn newcomer(services: &Services, who: &Identified, role: Role) -> Account {
    let name = dossier::share::name(&who.name).filter(|name| !name.is_empty());
    Account {
        id: services.ulid().into(),
        name: name.unwrap_or_else(|| who.email.clone()),
        email: who.email.clone(),
        title: String::new(),
        role,
        is_persona: false,
        password_hash: None,
    }
}

/// Where a person goes, once signed out here, to be signed out of the provider too.
///
/// # Errors
/// When the store cannot answer.
pub async fn farewell(services: &Services, token: &str) -> Result<Option<String>, StoreError> {
    let Some(provider) = &services.provider else { return Ok(None) };
    let id_token = services.store.id_token(&sha256_hex(token.as_bytes())).await?;
    match id_token {
        Some(id_token) => Ok(provider.farewell(&id_token).await),
        None => Ok(None),
    }
}
