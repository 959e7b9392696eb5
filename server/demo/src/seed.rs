//! Everything that looks drawn by chance, drawn from a text: the same text gives the same draw.

use service::{Clock, Ids, Millis};
use ulid::Ulid;

/// Draws in order, from a text.
#[derive(Clone, Debug)]
pub struct Seed(u64);

impl Seed {
    /// A seed from a text (FNV-1a).
    pub fn of(text: &str) -> Self {
        Self(text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        }))
    }

    /// The next draw (`SplitMix64`).
    pub fn draw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number between two, both possible.
    pub fn between(&mut self, least: i64, most: i64) -> i64 {
        let span = u64::try_from(most - least + 1).unwrap_or(1).max(1);
        least + i64::try_from(self.draw() % span).unwrap_or(0)
    }

    /// One of several; `None` when there is none.
    pub fn pick<'a, T>(&mut self, several: &'a [T]) -> Option<&'a T> {
        let most = i64::try_from(several.len()).unwrap_or(0) - 1;
        several.get(usize::try_from(self.between(0, most.max(0))).unwrap_or(0))
    }
}

/// A ULID made at this moment, from a text.
pub fn ulid(at: Millis, text: &str) -> String {
    let mut seed = Seed::of(text);
    let random = (u128::from(seed.draw()) << 64) | u128::from(seed.draw());
    Ulid::from_parts(u64::try_from(at.0).unwrap_or(0), random).to_string()
}

/// A clock that stands at a moment of the story.
#[derive(Clone, Copy, Debug)]
pub struct Then(pub Millis);

impl Clock for Then {
    fn now(&self) -> Millis {
        self.0
    }
}

/// Ids that come from a text; nobody signs in with them, so that secrets may be guessed.
#[derive(Clone, Debug)]
pub struct Named(pub String);

impl Ids for Named {
    fn ulid(&self, at: Millis) -> String {
        ulid(at, &self.0)
    }

    fn secret(&self) -> [u8; 32] {
        let mut seed = Seed::of(&self.0);
        let mut secret = [0; 32];
        for chunk in secret.chunks_mut(8) {
            chunk.copy_from_slice(&seed.draw().to_le_bytes());
        }
        secret
    }
}

/// Milliseconds of a day of the story, at this hour and minute, UTC.
pub fn moment(year: i32, month: u8, day: u8, hour: i64, minute: i64) -> Millis {
    let days = form::Date::new(year, month, day).map_or(0, form::Date::days_since_epoch);
    Millis(((days * 24 + hour) * 60 + minute) * 60_000)
}
