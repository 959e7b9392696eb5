//! Signing in and out, and who is behind a token. Tokens are 32 random bytes in hexadecimal; only
//! their hash is kept.

use std::sync::LazyLock;

use argon2::{
    Argon2, PasswordHash, PasswordHasher, PasswordVerifier,
    password_hash::{self, SaltString},
};
use dossier::id::AccountId;

use crate::{
    Account, Actor, Millis, Services, StoreError,
    account::{Person, WebSession},
    journal::{hex, sha256_hex},
    presence, second_factor,
};

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;

/// A session ends when unused for this long.
pub const IDLE_LIMIT: i64 = 12 * HOUR;
/// A session ends after this long whatever happens.
pub const ABSOLUTE_LIMIT: i64 = 7 * 24 * HOUR;

/// A new session.
#[derive(Clone, PartialEq, Eq)]
pub struct SignedIn {
    /// For the browser; not kept anywhere here.
    pub token: String,
    /// Who signed in.
    pub actor: Actor,
}

/// What a right password leads to.
pub enum Passed {
    /// A session.
    Whole(SignedIn),
    /// A second proof is asked for: the token of [`second_factor::finish`].
    Half(String),
}

/// Why one cannot sign in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SignInError {
    /// Address or password is wrong, or personas are closed; which of them is not said.
    #[error("address or password is wrong")]
    Refused,
    /// The store cannot answer.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Signs in by password. An unknown address takes as long as a wrong password.
///
/// # Errors
/// When refused.
pub async fn sign_in(
    services: &Services,
    email: &str,
    password: &str,
) -> Result<Passed, SignInError> {
    // Of a password nobody has: verified when there is nothing else to verify.
    static NOBODY: LazyLock<String> =
        LazyLock::new(|| hash_password("", &[0; 32]).unwrap_or_default());

    let account = services.store.account_by_email(&email.trim().to_lowercase()).await?;
    let hash = account.as_ref().and_then(|account| account.password_hash.clone());
    let password = password.to_owned();
    let verified = tokio::task::spawn_blocking(move || {
        let known = hash.is_some();
        let hash = hash.unwrap_or_else(|| NOBODY.clone());
        let matches = PasswordHash::new(&hash).is_ok_and(|hash| {
            Argon2::default().verify_password(password.as_bytes(), &hash).is_ok()
        });
        matches && known
    })
    .await
    .unwrap_or(false);
    match account {
        Some(account) if verified => match second_factor::halfway(services, &account.id).await? {
            Some(token) => Ok(Passed::Half(token)),
            None => Ok(Passed::Whole(begin(services, &account.id).await?)),
        },
        _ => Err(SignInError::Refused),
    }
}

/// Enters as a persona of the demonstration.
///
/// # Errors
/// When personas are closed, or this is not one.
pub async fn sign_in_as_persona(
    services: &Services,
    id: &AccountId,
) -> Result<SignedIn, SignInError> {
    if !services.demo {
        return Err(SignInError::Refused);
    }
    match services.store.account(id).await? {
        Some(account) if account.is_persona => Ok(begin(services, id).await?),
        _ => Err(SignInError::Refused),
    }
}

/// The personas of the demonstration; none when they are closed.
///
/// # Errors
/// When the store cannot answer.
pub async fn personas(services: &Services) -> Result<Vec<Account>, StoreError> {
    if services.demo { services.store.personas().await } else { Ok(Vec::new()) }
}

/// Who is behind a token; `None` when the session is unknown or has ended.
///
/// # Errors
/// When the store cannot answer.
pub async fn actor(services: &Services, token: &str) -> Result<Option<Actor>, StoreError> {
    let Some((session, person)) = lasting(services, token).await? else { return Ok(None) };
    let (now, token_hash) = (services.now(), &session.token_hash);
    // To the minute: reading a page is then seldom a write, and goes on where none is possible.
    if now >= session.seen_at.plus(MINUTE) {
        let _ = services.store.touch_session(token_hash, now).await;
        if let Some(share) = &person.share {
            let _ = services.store.touch_share(&share.id, now).await;
        }
    }
    Ok(Some(person.into()))
}

/// The same for what goes on by itself behind an open page: it keeps no session alive.
///
/// # Errors
/// When the store cannot answer.
pub async fn still(services: &Services, token: &str) -> Result<Option<Actor>, StoreError> {
    Ok(lasting(services, token).await?.map(|(_, person)| person.into()))
}

async fn lasting(
    services: &Services,
    token: &str,
) -> Result<Option<(WebSession, Person)>, StoreError> {
    let token_hash = sha256_hex(token.as_bytes());
    let Some((session, person)) = services.store.session(&token_hash).await? else {
        return Ok(None);
    };
    let now = services.now();
    if person.share.as_ref().is_some_and(|share| !share.is_open(now)) {
        return Ok(None);
    }
    if now >= session.expires_at || now >= session.seen_at.plus(IDLE_LIMIT) {
        services.store.remove_session(&token_hash).await?;
        return Ok(None);
    }
    Ok(Some((session, person)))
}

/// Whether a token is that of a guest whose steps were taken back, or are given no more.
///
/// # Errors
/// When the store cannot answer.
pub async fn is_of_past_guest(services: &Services, token: &str) -> Result<bool, StoreError> {
    let found = services.store.session(&sha256_hex(token.as_bytes())).await?;
    let share = found.and_then(|(_, person)| person.share);
    Ok(share.is_some_and(|share| !share.is_open(services.now())))
}

/// Ends a session.
///
/// # Errors
/// When the store cannot answer.
pub async fn sign_out(services: &Services, token: &str) -> Result<(), StoreError> {
    services.store.remove_session(&sha256_hex(token.as_bytes())).await
}

/// What a person recognises one of their sessions by.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    /// The browser, in a few words; may be empty.
    pub browser: String,
    /// The address it came from; may be empty.
    pub address: String,
    /// The signed token of the provider, if one said who that is.
    pub id_token: Option<String>,
}

/// A session, as its person sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Names it, and opens nothing.
    pub key: String,
    /// The browser, in a few words; may be empty.
    pub browser: String,
    /// The address it came from; may be empty.
    pub address: String,
    /// When it began.
    pub created_at: Millis,
    /// When it was last used, to the minute.
    pub seen_at: Millis,
    /// Whether the person looks through it.
    pub is_this: bool,
}

/// Notes what a person will recognise a new session by.
///
/// # Errors
/// When the store cannot answer.
pub async fn note_seen(services: &Services, token: &str, seen: &Seen) -> Result<(), StoreError> {
    services.store.note_session(&sha256_hex(token.as_bytes()), seen).await
}

/// The sessions of a person that last, used last first.
///
/// # Errors
/// When the store cannot answer.
pub async fn list(
    services: &Services,
    actor: &Actor,
    token: &str,
) -> Result<Vec<Line>, StoreError> {
    let (now, this) = (services.now(), sha256_hex(token.as_bytes()));
    let mut sessions = services.store.sessions_of(&actor.account_id).await?;
    sessions
        .retain(|(session, _)| now < session.expires_at && now < session.seen_at.plus(IDLE_LIMIT));
    let line = |(session, seen): (WebSession, Seen)| Line {
        is_this: session.token_hash == this,
        // A session is found by the hash of its token; half of the hash names it and finds nothing.
        key: session.token_hash[..session.token_hash.len().min(32)].to_owned(),
        browser: seen.browser,
        address: seen.address,
        created_at: session.created_at,
        seen_at: session.seen_at,
    };
    Ok(sessions.into_iter().map(line).collect())
}

/// Ends sessions of a person: the one of this key, or all but the one they look through (`None`).
///
/// # Errors
/// When the store cannot answer.
pub async fn end(
    services: &Services,
    actor: &Actor,
    token: &str,
    key: Option<&str>,
) -> Result<(), StoreError> {
    let this = sha256_hex(token.as_bytes());
    for (session, _) in services.store.sessions_of(&actor.account_id).await? {
        let hash = session.token_hash;
        let ends = match key {
            Some(key) => key.len() == 32 && hash.starts_with(key),
            None => hash != this,
        };
        if ends {
            services.store.remove_session(&hash).await?;
        }
    }
    Ok(())
}

/// Opens a session under a token that was given elsewhere: a participant comes into the space of a
/// session of the open lab with the token of their place. Doing it again changes nothing.
///
/// # Errors
/// When the store cannot answer.
pub async fn admit(
    services: &Services,
    token: &str,
    account: &AccountId,
) -> Result<(), StoreError> {
    let now = services.now();
    let session = WebSession {
        token_hash: sha256_hex(token.as_bytes()),
        account: account.clone(),
        created_at: now,
        seen_at: now,
        expires_at: now.plus(ABSOLUTE_LIMIT),
    };
    match services.store.add_session(&session).await {
        Ok(()) | Err(StoreError::Conflict) => Ok(()),
        Err(error) => Err(error),
    }
}

/// Opens a session of this account.
pub(crate) async fn begin(
    services: &Services,
    account: &AccountId,
) -> Result<SignedIn, StoreError> {
    let (token, session) = new_session(services, account);
    services.store.remove_expired_sessions(session.created_at).await?;
    services.store.forget_absent(session.created_at.plus(-presence::LASTS)).await?;
    services.store.add_session(&session).await?;
    let (_, person) =
        services.store.session(&session.token_hash).await?.ok_or(StoreError::Corrupt)?;
    Ok(SignedIn { token, actor: person.into() })
}

/// A session that begins now, with its token; kept by whoever asked for it.
pub(crate) fn new_session(services: &Services, account: &AccountId) -> (String, WebSession) {
    let now = services.now();
    let token = hex(&services.ids.secret());
    let session = WebSession {
        token_hash: sha256_hex(token.as_bytes()),
        account: account.clone(),
        created_at: now,
        seen_at: now,
        expires_at: now.plus(ABSOLUTE_LIMIT),
    };
    (token, session)
}

/// Argon2id of a password, PHC text.
pub(crate) fn hash_password(
    password: &str,
    secret: &[u8; 32],
) -> Result<String, password_hash::Error> {
    let salt = SaltString::encode_b64(secret)?;
    Ok(Argon2::default().hash_password(password.as_bytes(), &salt)?.to_string())
}
