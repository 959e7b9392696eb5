//! The key that journals are signed with (ed25519), as 64 hexadecimal digits.

use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};

use crate::journal::hex;

/// The secret half. Nothing prints it but [`Key::secret`].
pub struct Key(SigningKey);

impl Key {
    /// A key of these random bytes.
    pub fn new(secret: [u8; 32]) -> Self {
        Self(SigningKey::from_bytes(&secret))
    }

    /// Reads what [`Key::secret`] wrote.
    pub fn read(text: &str) -> Option<Self> {
        bytes(text.trim()).map(Self::new)
    }

    /// The secret, for the file that keeps it.
    pub fn secret(&self) -> String {
        hex(&self.0.to_bytes())
    }

    /// The public half, which everybody may know.
    pub fn public(&self) -> String {
        hex(self.0.verifying_key().as_bytes())
    }

    pub(super) fn sign(&self, text: &[u8]) -> String {
        hex(&self.0.sign(text).to_bytes())
    }
}

/// Whether a signature is of this text and this key.
pub(super) fn is_signed(text: &[u8], signature: &str, public_key: &str) -> bool {
    let Some(signature) = bytes(signature) else { return false };
    let key = bytes(public_key).and_then(|key| VerifyingKey::from_bytes(&key).ok());
    key.is_some_and(|key| key.verify_strict(text, &Signature::from_bytes(&signature)).is_ok())
}

/// Bytes of hexadecimal digits, exactly so many.
fn bytes<const N: usize>(text: &str) -> Option<[u8; N]> {
    if text.len() != 2 * N || !text.bytes().all(|digit| digit.is_ascii_hexdigit()) {
        return None;
    }
    let mut bytes = [0; N];
    for (place, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(text.get(2 * place..2 * place + 2)?, 16).ok()?;
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_is_of_one_text_and_one_key() {
        let key = Key::new([7; 32]);
        let signature = key.sign(b"a");
        assert!(is_signed(b"a", &signature, &key.public()));
        assert!(!is_signed(b"b", &signature, &key.public()));
        assert!(!is_signed(b"a", &signature, &Key::new([8; 32]).public()));
        for wrong in ["", "zz", &signature[1..], &signature.replace('a', "b").replace('1', "2")] {
            assert!(!is_signed(b"a", wrong, &key.public()), "{wrong}");
        }
    }

    #[test]
    fn a_key_reads_back_and_nothing_else_does() {
        let key = Key::new([9; 32]);
        let again = Key::read(&format!("{}\n", key.secret())).unwrap();
        assert_eq!(again.public(), key.public());
        assert_eq!(Key::read("").map(|key| key.public()), None);
        assert!(Key::read(&"é".repeat(32)).is_none() && Key::read(&"0".repeat(63)).is_none());
    }
}
