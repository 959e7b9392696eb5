//! A file as it comes in: counted, hashed, and looked at by its two ends, never held whole.

use bytes::Bytes;
use sha2::{Digest, Sha256};

use super::media::{HEAD, Seen, TAIL, seen};
use crate::journal::hex;

/// What is known of a file so far.
#[derive(Default)]
pub struct Intake {
    size: u64,
    hash: Sha256,
    head: Vec<u8>,
    tail: Vec<u8>,
}

impl Intake {
    /// Takes the next bytes into account.
    pub fn take(&mut self, bytes: &Bytes) {
        self.size += bytes.len() as u64;
        self.hash.update(bytes);
        let room = HEAD - self.head.len();
        self.head.extend_from_slice(&bytes[..bytes.len().min(room)]);
        self.tail.extend_from_slice(&bytes[bytes.len().saturating_sub(TAIL)..]);
        // Cut seldom: moving it at each piece would cost more than the hash.
        if self.tail.len() > 2 * TAIL {
            self.tail.drain(..self.tail.len() - TAIL);
        }
    }

    /// How many bytes so far.
    pub const fn size(&self) -> u64 {
        self.size
    }

    /// What it is, and its SHA-256, hexadecimal.
    pub fn end(self) -> (Seen, String) {
        let tail = &self.tail[self.tail.len().saturating_sub(TAIL)..];
        (seen(&self.head, tail), hex(&self.hash.finalize()))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{attachments::media::Media, journal::sha256_hex};

    proptest! {
        #[test]
        fn how_it_is_cut_changes_nothing(filling in 0_usize..300_000, cut in 1_usize..70_000) {
            let mut file = b"%PDF-1.4\n".to_vec();
            file.resize(file.len() + filling, b' ');
            file.extend(b"%%EOF");
            let mut intake = Intake::default();
            for piece in file.chunks(cut) {
                intake.take(&Bytes::copy_from_slice(piece));
                prop_assert!(intake.tail.len() <= 2 * TAIL + TAIL);
            }
            prop_assert_eq!(intake.size(), file.len() as u64);
            prop_assert_eq!(intake.end(), (Seen::Whole(Media::Pdf), sha256_hex(&file)));
        }
    }
}
