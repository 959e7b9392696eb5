//! Chance that can be played again.

use demo::seed::Seed;

/// Draws in order, from a number.
pub struct Chance(Seed);

impl Chance {
    /// The draws of this seed.
    pub fn of(seed: u64) -> Self {
        Self(Seed::of(&seed.to_string()))
    }

    /// The next draw.
    pub fn draw(&mut self) -> u64 {
        self.0.draw()
    }

    /// A number under this one.
    pub fn below(&mut self, limit: u64) -> u64 {
        self.draw() % limit.max(1)
    }

    /// A rank in a list of this length.
    pub fn rank(&mut self, length: usize) -> usize {
        usize::try_from(self.below(length as u64)).unwrap_or(0)
    }

    /// Once in so many times.
    pub fn once_in(&mut self, times: u64) -> bool {
        self.below(times) == 0
    }

    /// A ULID made at this moment.
    pub fn ulid(&mut self, millis: u64) -> String {
        const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
        let (high, low) = (self.draw(), self.draw());
        let letter = |bits: u64| char::from(LETTERS[(bits & 31) as usize]);
        let mut text = String::with_capacity(26);
        text.extend((0..10).rev().map(|place| letter(millis >> (5 * place))));
        text.extend((0..8).map(|place| letter(high >> (5 * place))));
        text.extend((0..8).map(|place| letter(low >> (5 * place))));
        text
    }
}
