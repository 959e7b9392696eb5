//! Numbers as French people type and read them, held as integers: no float ever.

/// Narrow no-break space, between thousands.
pub const NARROW: char = '\u{202f}';
/// No-break space, before a unit.
pub const NO_BREAK: char = '\u{a0}';

/// Why a text is not a number of the wanted shape.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotANumber {
    /// Something else than digits, spaces, one separator and a sign.
    Malformed,
    /// More decimals than the question takes.
    TooManyDecimals,
}

/// Reads `1 234,5` as `123450` when `decimals` is 2. Takes spaces of every width, a comma or a
/// point, a leading minus in any of its glyphs, and a trailing `€`, `%` or `h`.
///
/// # Errors
/// [`NotANumber`] says what is wrong; more than 15 significant digits are malformed.
pub fn parse_scaled(text: &str, decimals: u32) -> Result<i64, NotANumber> {
    let text = text.trim().trim_end_matches(['€', '%', 'h']).trim_end();
    let (negative, text) = match text.strip_prefix(['-', '−', '–']) {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let mut value: i64 = 0;
    let mut seen_digits = 0;
    let mut seen_decimals: Option<u32> = None;
    for c in text.chars() {
        match c {
            '0'..='9' => {
                if let Some(count) = seen_decimals.as_mut() {
                    *count += 1;
                    if *count > decimals {
                        if c == '0' {
                            continue;
                        }
                        return Err(NotANumber::TooManyDecimals);
                    }
                }
                seen_digits += 1;
                if seen_digits > 15 {
                    return Err(NotANumber::Malformed);
                }
                value = value * 10 + i64::from(c as u8 - b'0');
            }
            ',' | '.' if seen_decimals.is_none() => seen_decimals = Some(0),
            ' ' | NARROW | NO_BREAK | '\u{2009}' if seen_decimals.is_none() => {}
            _ => return Err(NotANumber::Malformed),
        }
    }
    if seen_digits == 0 {
        return Err(NotANumber::Malformed);
    }
    let missing = decimals - seen_decimals.unwrap_or(0).min(decimals);
    value = value.checked_mul(10_i64.pow(missing)).ok_or(NotANumber::Malformed)?;
    Ok(if negative { -value } else { value })
}

/// Canonical text of a scaled integer: a point, exactly `decimals` decimals, no spaces.
pub fn canonical_scaled(value: i64, decimals: u32) -> String {
    plain(value, decimals, '.', None)
}

/// What people read: narrow spaces between thousands, a comma, a true minus sign.
pub fn display_scaled(value: i64, decimals: u32) -> String {
    plain(value, decimals, ',', Some(NARROW))
}

/// `1 234,56 €` from cents.
pub fn euros(cents: i64) -> String {
    format!("{}{NO_BREAK}€", display_scaled(cents, 2))
}

/// `12,40` from hundredths of an ETP.
pub fn etp(hundredths: i64) -> String {
    display_scaled(hundredths, 2)
}

fn plain(value: i64, decimals: u32, point: char, group: Option<char>) -> String {
    let scale = 10_u64.pow(decimals);
    let absolute = value.unsigned_abs();
    let whole = (absolute / scale).to_string();
    let mut text = String::with_capacity(whole.len() + 8);
    if value < 0 {
        text.push(if group.is_some() { '−' } else { '-' });
    }
    for (i, digit) in whole.char_indices() {
        if let Some(group) = group
            && i > 0
            && (whole.len() - i).is_multiple_of(3)
        {
            text.push(group);
        }
        text.push(digit);
    }
    if decimals > 0 {
        text.push(point);
        let fraction = (absolute % scale).to_string();
        for _ in fraction.len()..decimals as usize {
            text.push('0');
        }
        text.push_str(&fraction);
    }
    text
}

/// Reads a weekly duration `35:00`, `26 h`, `26h30` as minutes.
pub fn parse_minutes(text: &str) -> Option<i64> {
    let compact: String =
        text.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_lowercase();
    let (hours, minutes) = compact.split_once([':', 'h']).unwrap_or((&compact, ""));
    let only_digits = |t: &str| t.len() <= 5 && t.bytes().all(|b| b.is_ascii_digit());
    if hours.is_empty() || !only_digits(hours) || !only_digits(minutes) || minutes.len() > 2 {
        return None;
    }
    let hours: i64 = hours.parse().ok()?;
    let minutes: i64 = if minutes.is_empty() { 0 } else { minutes.parse().ok()? };
    (minutes < 60).then_some(hours * 60 + minutes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn french_numbers_are_read_as_typed() {
        assert_eq!(parse_scaled("1 234,5", 2), Ok(123_450));
        assert_eq!(parse_scaled("1\u{202f}234,56 €", 2), Ok(123_456));
        assert_eq!(parse_scaled("-12.40", 2), Ok(-1_240));
        assert_eq!(parse_scaled("12,400", 2), Ok(1_240));
        assert_eq!(parse_scaled("12,401", 2), Err(NotANumber::TooManyDecimals));
        assert_eq!(parse_scaled("12,5", 0), Err(NotANumber::TooManyDecimals));
        for text in ["", "-", "abc", "1,2,3", "12 ETP", "9999999999999999"] {
            assert_eq!(parse_scaled(text, 2), Err(NotANumber::Malformed), "{text}");
        }
    }

    #[test]
    fn euros_have_the_typography_of_the_imprimerie_nationale() {
        assert_eq!(euros(33_967_820), "339\u{202f}678,20\u{a0}€");
        assert_eq!(euros(-5), "−0,05\u{a0}€");
        assert_eq!(etp(1_240), "12,40");
    }

    #[test]
    fn weekly_durations() {
        assert_eq!(parse_minutes("35:00"), Some(2_100));
        assert_eq!(parse_minutes("26 h 30"), Some(1_590));
        assert_eq!(parse_minutes("26"), Some(1_560));
        assert_eq!(parse_minutes("26:75"), None);
        assert_eq!(parse_minutes("h"), None);
    }

    proptest! {
        #[test]
        fn what_is_shown_reads_back(value in -9_999_999_999_i64..9_999_999_999, decimals in 0_u32..4) {
            prop_assert_eq!(parse_scaled(&display_scaled(value, decimals), decimals), Ok(value));
            prop_assert_eq!(parse_scaled(&canonical_scaled(value, decimals), decimals), Ok(value));
        }

        #[test]
        fn any_text_is_answered(text in "\\PC{0,40}", decimals in 0_u32..4) {
            let _ = parse_scaled(&text, decimals);
            let _ = parse_minutes(&text);
        }
    }
}
