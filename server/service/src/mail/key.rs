//! The signature of links that act for who is not signed in.

use hmac::{Hmac, Mac};
use sha2::Sha256;

use crate::{Services, StoreError, journal::hex};

type Signer = Hmac<Sha256>;

/// Bytes of a signature that a link shows: 128 bits nobody can guess.
const SHOWN: usize = 16;

/// Signs a text with the key of this site, which its first server makes.
pub async fn sign(services: &Services, text: &str) -> Result<String, StoreError> {
    let mac = signer(services, text).await?;
    let signature = mac.finalize().into_bytes();
    Ok(hex(signature.get(..SHOWN).unwrap_or_default()))
}

/// Whether a text was signed here, compared in constant time.
pub async fn is_signed(services: &Services, text: &str, by: &str) -> Result<bool, StoreError> {
    let bytes = (0..by.len() / 2).map(|n| u8::from_str_radix(by.get(2 * n..2 * n + 2)?, 16).ok());
    let Some(bytes) = bytes.collect::<Option<Vec<u8>>>() else { return Ok(false) };
    if bytes.len() != SHOWN || by.len() != 2 * SHOWN {
        return Ok(false);
    }
    Ok(signer(services, text).await?.verify_truncated_left(&bytes).is_ok())
}

async fn signer(services: &Services, text: &str) -> Result<Signer, StoreError> {
    let key = services.store.mail_key(&hex(&services.ids.secret())).await?;
    let mut mac = Signer::new_from_slice(key.as_bytes()).map_err(|_| StoreError::Corrupt)?;
    mac.update(text.as_bytes());
    Ok(mac)
}
