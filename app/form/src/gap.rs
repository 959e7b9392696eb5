//! How far a figure is from last year's.

use crate::{Kind, number::parse_scaled};

/// A figure that moves by more than this many percent deserves an explanation. A proposal of the
/// domain reference (3, budget): help to decide, never a reason to refuse.
pub const WIDE: i64 = 20;

/// Whether a figure moves by more than [`WIDE`].
pub fn is_wide(before: i64, now: i64) -> bool {
    before > 0 && (now - before).abs() * 100 > before * WIDE
}

/// What changed from last year to now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gap {
    /// In percent, rounded to the nearest.
    pub percent: i64,
    /// Whether it deserves an explanation.
    pub wide: bool,
}

/// The gap between two texts of a question about a figure; `None` when one is empty or malformed, or
/// last year's is not above nothing.
pub fn gap(kind: &Kind, before: &str, now: &str) -> Option<Gap> {
    let decimals = match kind {
        Kind::Integer { .. } => 0,
        Kind::Decimal { .. } | Kind::Money { .. } => 2,
        _ => return None,
    };
    let figure = |raw: &str| {
        let canonical = kind.canonical(raw).ok().filter(|text| !text.is_empty())?;
        parse_scaled(&canonical, decimals).ok()
    };
    let (before, now) = (figure(before)?, figure(now)?);
    if before <= 0 {
        return None;
    }
    let hundredfold = i128::from(now - before) * 100;
    let (before_wide, half) = (i128::from(before), i128::from(before / 2));
    let rounded = (hundredfold.abs() + half) / before_wide * hundredfold.signum();
    Some(Gap { percent: i64::try_from(rounded).ok()?, wide: is_wide(before, now) })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const MONEY: Kind = Kind::Money { negative: true };

    #[test]
    fn figures_compare_however_they_are_written() {
        let said = |before, now| gap(&MONEY, before, now).map(|gap| (gap.percent, gap.wide));
        assert_eq!(said("1 000,00 €", "1 120"), Some((12, false)));
        assert_eq!(said("1 000", "1 200"), Some((20, false)), "a fifth is allowed");
        assert_eq!(said("1 000", "1 200,01"), Some((20, true)), "and no more");
        assert_eq!(said("1 000", "790"), Some((-21, true)));
        assert_eq!(said("1 000", "1000.00"), Some((0, false)));
        assert_eq!(said("3", "3,02"), Some((1, false)));
        for (before, now) in [("0", "5"), ("-5", "5"), ("", "5"), ("5", ""), ("5", "douze")] {
            assert_eq!(said(before, now), None, "{before} to {now}");
        }
        assert_eq!(gap(&Kind::Text { max: 9 }, "5", "6"), None);
    }

    proptest! {
        #[test]
        fn any_figures_are_answered(before: i64, now: i64) {
            let cents = |n: i64| format!("{}.{:02}", n / 1_000, (n % 100).abs());
            gap(&MONEY, &cents(before), &cents(now));
        }
    }
}
