//! Ids and secrets, as arguments.

use rand::{TryRngCore, rngs::OsRng};
use ulid::Ulid;

use crate::Millis;

/// What makes ids and secrets.
pub trait Ids: Send + Sync {
    /// A new ULID made at this moment.
    fn ulid(&self, at: Millis) -> String;

    /// 32 bytes nobody can guess.
    fn secret(&self) -> [u8; 32];
}

/// Ids and secrets drawn by the operating system.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemIds;

impl SystemIds {
    /// Without randomness nothing here is safe, so that ends the process.
    #[expect(clippy::expect_used, reason = "a predictable secret would be worse than a stop")]
    fn draw<const N: usize>() -> [u8; N] {
        let mut bytes = [0; N];
        OsRng.try_fill_bytes(&mut bytes).expect("the operating system gives random bytes");
        bytes
    }
}

impl Ids for SystemIds {
    fn ulid(&self, at: Millis) -> String {
        let millis = u64::try_from(at.0).unwrap_or_default();
        Ulid::from_parts(millis, u128::from_le_bytes(Self::draw())).to_string()
    }

    fn secret(&self) -> [u8; 32] {
        Self::draw()
    }
}
