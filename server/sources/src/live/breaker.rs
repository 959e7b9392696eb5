//! Leaves a system alone that fails again and again, or that asked to be left alone. Pure: the time is
//! an argument.

/// Failures in a row before it is left alone.
const MOST: u32 = 4;
/// First rest, in milliseconds; each failure after it doubles the next one.
const FIRST: i64 = 30_000;
/// Longest rest.
const LONGEST: i64 = 10 * 60_000;

/// What is remembered of a system.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Breaker {
    failures: u32,
    /// Until when it is left alone, in milliseconds since 1970.
    until: i64,
}

impl Breaker {
    /// Whether it may be asked. After a rest, one question tells whether it is well again: others wait
    /// for as long as it may take.
    pub fn lets(&mut self, now: i64, longest: i64) -> bool {
        if now < self.until {
            return false;
        }
        if self.failures >= MOST {
            self.until = now + longest;
        }
        true
    }

    /// It answered.
    pub fn heard(&mut self) {
        *self = Self::default();
    }

    /// It failed.
    pub fn failed(&mut self, now: i64) {
        self.failures = self.failures.saturating_add(1);
        if let Some(more) = self.failures.checked_sub(MOST) {
            let rest = FIRST.checked_shl(more).filter(|rest| *rest > 0).unwrap_or(LONGEST);
            self.until = now + rest.min(LONGEST);
        }
    }

    /// It asked to be left alone for so long, in milliseconds.
    pub fn rests(&mut self, now: i64, rest: i64) {
        self.until = self.until.max(now.saturating_add(rest.clamp(0, LONGEST)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_left_alone_longer_and_longer_then_tried_once() {
        let mut breaker = Breaker::default();
        for _ in 0..MOST {
            assert!(breaker.lets(0, 1_000));
            breaker.failed(0);
        }
        assert!(!breaker.lets(FIRST - 1, 1_000));
        assert!(breaker.lets(FIRST, 1_000), "one may try");
        assert!(!breaker.lets(FIRST + 1, 1_000), "others wait for what comes of it");
        breaker.failed(FIRST + 500);
        assert!(!breaker.lets(FIRST + 500 + 2 * FIRST - 1, 1_000));
        for _ in 0..200 {
            breaker.failed(0);
        }
        assert!(breaker.lets(LONGEST, 1_000));
        breaker.heard();
        assert!(breaker.lets(LONGEST, 1_000) && breaker.lets(LONGEST, 1_000));
    }

    #[test]
    fn who_asks_for_rest_has_it_within_reason() {
        let mut breaker = Breaker::default();
        breaker.rests(0, 5_000);
        assert!(!breaker.lets(4_999, 1_000) && breaker.lets(5_000, 1_000));
        breaker.rests(0, i64::MAX);
        assert!(breaker.lets(LONGEST, 1_000));
    }
}
