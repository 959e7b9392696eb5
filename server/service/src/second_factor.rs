//! A second proof for accounts with a password: codes of an application (TOTP, RFC 6238), and codes
//! on paper for the day the telephone is lost. A provider of identities asks for its own.

use dossier::id::AccountId;
use totp_rs::{Algorithm, Secret, TOTP};

use crate::{
    Actor, Millis, Services, StoreError,
    journal::{hex, sha256_hex},
    sessions::{self, SignedIn},
};

/// A code serves during its thirty seconds, and those before and after: clocks differ.
const STEP: i64 = 30;
const AROUND: [i64; 3] = [0, -1, 1];
/// Codes on paper that are given at once.
const PAPER: usize = 8;
/// Letters and figures of one, out of 32: 50 bits.
const PAPER_LENGTH: usize = 10;
/// Tries of a sign-in that waits for a code.
pub const MOST_TRIES: u32 = 5;
/// How long it waits.
const WAITS: i64 = 10 * 60_000;
/// Who makes the codes, as the application lists it.
const ISSUER: &str = "Trame";

/// The second proof of an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Factor {
    /// What codes are made from, base 32.
    pub secret: String,
    /// Since when it is asked for; `None` until a first code was shown.
    pub on_since: Option<Millis>,
}

/// A sign-in whose password was right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Halfway {
    /// Hash of the token that finishes it.
    pub token_hash: String,
    /// Whose it is.
    pub account: AccountId,
    /// When it is over.
    pub until: Millis,
}

/// How an account stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// No second proof.
    Off,
    /// A first code is waited for.
    Waiting {
        /// For an application that cannot scan, base 32.
        secret: String,
        /// What the square holds.
        address: String,
    },
    /// Asked for at each sign-in.
    On {
        /// Since when.
        since: Millis,
        /// Codes on paper that are left.
        paper: u32,
    },
}

/// Why nothing was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FactorError {
    /// The account has no password: its provider asks for a second proof.
    #[error("no such thing for this account")]
    NotFound,
    /// The code is wrong, too old, or was used.
    #[error("the code is not right")]
    WrongCode,
    /// It stands otherwise than whoever asked believes.
    #[error("it stands otherwise")]
    Otherwise,
    /// The store cannot answer.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Why a sign-in that waits for a code does not go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FinishError {
    /// The code is wrong; another may be tried.
    #[error("the code is not right")]
    WrongCode,
    /// Unknown, too old, or tried too often: the password again.
    #[error("the sign-in is over")]
    Over,
    /// The store cannot answer.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// How the account of a person stands.
///
/// # Errors
/// When it has no password.
pub async fn standing(services: &Services, actor: &Actor) -> Result<Standing, FactorError> {
    let email = with_password(services, actor).await?;
    match services.store.second_factor(&actor.account_id).await? {
        None => Ok(Standing::Off),
        Some(Factor { secret, on_since: None }) => {
            let address = generator(&secret, &email)?.get_url();
            Ok(Standing::Waiting { secret, address })
        }
        Some(Factor { on_since: Some(since), .. }) => {
            let paper = services.store.paper_codes_left(&actor.account_id).await?;
            Ok(Standing::On { since, paper })
        }
    }
}

/// Makes a secret, over one that was never confirmed.
///
/// # Errors
/// When the account has no password, or a second proof already.
pub async fn begin(services: &Services, actor: &Actor) -> Result<(), FactorError> {
    with_password(services, actor).await?;
    // 160 bits, as RFC 4226 (section 4) recommends.
    let secret = Secret::Raw(services.ids.secret()[..20].to_vec()).to_encoded().to_string();
    let begun = services.store.begin_second_factor(&actor.account_id, &secret).await?;
    if begun { Ok(()) } else { Err(FactorError::Otherwise) }
}

/// Turns it on, once a code shows that the application knows the secret. Gives the codes on paper,
/// which are shown once.
///
/// # Errors
/// When the code is wrong, or none is waited for.
pub async fn confirm(
    services: &Services,
    actor: &Actor,
    code: &str,
) -> Result<Vec<String>, FactorError> {
    let email = with_password(services, actor).await?;
    let factor = services.store.second_factor(&actor.account_id).await?;
    let factor = factor.filter(|factor| factor.on_since.is_none()).ok_or(FactorError::Otherwise)?;
    let now = services.now();
    let step = step_of(&generator(&factor.secret, &email)?, code, now);
    let step = step.ok_or(FactorError::WrongCode)?;
    let (codes, hashes) = paper(services);
    let account = &actor.account_id;
    let is_on = services.store.turn_on_second_factor(account, (step, now), &hashes).await?;
    if is_on { Ok(codes) } else { Err(FactorError::Otherwise) }
}

/// Gives other codes on paper; those before serve no more.
///
/// # Errors
/// When the code is wrong.
pub async fn renew_paper(
    services: &Services,
    actor: &Actor,
    code: &str,
) -> Result<Vec<String>, FactorError> {
    prove(services, actor, code).await?;
    let (codes, hashes) = paper(services);
    services.store.replace_paper_codes(&actor.account_id, &hashes).await?;
    Ok(codes)
}

/// Turns it off.
///
/// # Errors
/// When the code is wrong.
pub async fn turn_off(services: &Services, actor: &Actor, code: &str) -> Result<(), FactorError> {
    prove(services, actor, code).await?;
    services.store.remove_second_factor(&actor.account_id).await?;
    Ok(())
}

async fn prove(services: &Services, actor: &Actor, code: &str) -> Result<(), FactorError> {
    with_password(services, actor).await?;
    let right = is_right(services, &actor.account_id, code).await?;
    if right { Ok(()) } else { Err(FactorError::WrongCode) }
}

/// Keeps a sign-in whose password was right, when the account asks for more; gives its token.
pub(crate) async fn halfway(
    services: &Services,
    account: &AccountId,
) -> Result<Option<String>, StoreError> {
    let factor = services.store.second_factor(account).await?;
    if factor.is_none_or(|factor| factor.on_since.is_none()) {
        return Ok(None);
    }
    let (token, now) = (hex(&services.ids.secret()), services.now());
    let halfway = Halfway {
        token_hash: sha256_hex(token.as_bytes()),
        account: account.clone(),
        until: now.plus(WAITS),
    };
    services.store.add_halfway(&halfway, now).await?;
    Ok(Some(token))
}

/// Finishes a sign-in with a code.
///
/// # Errors
/// When the code is wrong, or the sign-in is over.
pub async fn finish(services: &Services, token: &str, code: &str) -> Result<SignedIn, FinishError> {
    let hash = sha256_hex(token.as_bytes());
    // The try is counted before anything is compared: many at once are not more tries.
    let account = services.store.try_halfway(&hash, MOST_TRIES, services.now()).await?;
    let account = account.ok_or(FinishError::Over)?;
    if !is_right(services, &account, code).await? {
        return Err(FinishError::WrongCode);
    }
    services.store.end_halfway(&hash).await?;
    Ok(sessions::begin(services, &account).await?)
}

/// Whether a code of the application or on paper is right; it serves no more.
async fn is_right(
    services: &Services,
    account: &AccountId,
    code: &str,
) -> Result<bool, StoreError> {
    let factor = services.store.second_factor(account).await?;
    let Some(Factor { secret, on_since: Some(_) }) = factor else { return Ok(false) };
    let code = plain(code);
    if code.len() == PAPER_LENGTH {
        // Figures that no such code has are letters that were read for them.
        let code = code.replace('0', "O").replace('1', "I").replace('8', "B");
        return services.store.use_paper_code(account, &sha256_hex(code.as_bytes())).await;
    }
    match step_of(&generator(&secret, "")?, &code, services.now()) {
        Some(step) => services.store.use_step(account, step).await,
        None => Ok(false),
    }
}

/// The address of an account that has a password.
async fn with_password(services: &Services, actor: &Actor) -> Result<String, FactorError> {
    let account = services.store.account(&actor.account_id).await?;
    let account = account.filter(|account| account.password_hash.is_some());
    account.map(|account| account.email).ok_or(FactorError::NotFound)
}

fn generator(secret: &str, email: &str) -> Result<TOTP, StoreError> {
    let secret = Secret::Encoded(secret.to_owned()).to_bytes().map_err(|_| StoreError::Corrupt)?;
    // A colon would end the name of the issuer.
    let email = email.replace(':', "");
    TOTP::new(Algorithm::SHA1, 6, 1, STEP.unsigned_abs(), secret, Some(ISSUER.to_owned()), email)
        .map_err(|_| StoreError::Corrupt)
}

/// The step whose code this is, around now.
fn step_of(generator: &TOTP, code: &str, now: Millis) -> Option<i64> {
    let (code, present) = (plain(code), now.0.div_euclid(1000 * STEP));
    AROUND.into_iter().map(|shift| present + shift).find(|step| {
        let seconds = u64::try_from(step * STEP).unwrap_or(0);
        generator.generate(seconds) == code
    })
}

/// What is typed, without the spaces and hyphens that make it readable.
fn plain(code: &str) -> String {
    code.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).collect()
}

/// New codes on paper, as they are read, and their hashes.
fn paper(services: &Services) -> (Vec<String>, Vec<String>) {
    let codes = (0..PAPER).map(|_| {
        let text = Secret::Raw(services.ids.secret().to_vec()).to_encoded().to_string();
        text[..PAPER_LENGTH].to_owned()
    });
    let codes: Vec<String> = codes.collect();
    let hashes = codes.iter().map(|code| sha256_hex(code.as_bytes())).collect();
    let (half, read) = (PAPER_LENGTH / 2, codes);
    (read.iter().map(|code| format!("{}-{}", &code[..half], &code[half..])).collect(), hashes)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Test vectors of RFC 6238, appendix B (SHA-1), last six figures.
    #[test]
    fn codes_are_those_of_the_standard() {
        let secret = Secret::Raw(b"12345678901234567890".to_vec()).to_encoded().to_string();
        let generator = generator(&secret, "a@b.fr").unwrap();
        for (seconds, code) in
            [(59, "287082"), (1_111_111_109, "081804"), (2_000_000_000, "279037")]
        {
            let step = seconds / STEP;
            let at = |shift: i64| Millis((seconds + shift) * 1000);
            assert_eq!(step_of(&generator, code, at(0)), Some(step));
            assert_eq!(
                step_of(&generator, &format!(" {} {}", &code[..3], &code[3..]), at(STEP)),
                Some(step)
            );
            assert_eq!(step_of(&generator, code, at(-STEP)), Some(step));
            assert_eq!(step_of(&generator, code, at(2 * STEP)), None);
            assert_eq!(step_of(&generator, code, at(-2 * STEP)), None);
        }
        assert!(generator.get_url().starts_with("otpauth://totp/Trame:a%40b.fr?secret="));
    }
}
