//! Numbers of conventions and annexes financières, as the ASP writes them.

use super::is_digits;
use crate::date::Date;

const KINDS: [&str; 5] = ["ACI", "EITI", "ETTI", "EI", "AI"];

/// A convention number in one of its two known shapes: `029 010119 ACI 00009` (département, start
/// date, measure, order) or `EI 017 21 0016` (measure, département, year, order).
/// Canonical: the same groups, one space between.
pub fn convention_number(text: &str) -> Option<String> {
    let upper = text.trim().to_uppercase();
    let groups: Vec<&str> = upper.split_whitespace().collect();
    let &[a, b, c, d] = groups.as_slice() else { return None };
    let dated = is_department(a) && day(b).is_some() && KINDS.contains(&c) && is_digits(d, 5);
    let by_year = KINDS.contains(&a) && is_department(b) && is_digits(c, 2) && is_digits(d, 4);
    (dated || by_year).then(|| groups.join(" "))
}

/// Start date written in a convention number of the first shape.
pub fn start_of_convention(canonical: &str) -> Option<Date> {
    canonical.split(' ').nth(1).and_then(day)
}

/// Number of an annexe financière: `ACI029190009`, with its suffix `A2M1` when it is known.
/// At most 17 characters; spaces are dropped.
pub fn annex_number(text: &str) -> Option<String> {
    let text = super::compact(text);
    let rest = KINDS.iter().find_map(|kind| text.strip_prefix(kind))?;
    let (prefix, suffix) = rest.split_at_checked(9)?;
    let (department, order) = prefix.split_at_checked(3)?;
    let suffix_fits = match suffix.as_bytes() {
        [] => true,
        [b'A', a, b'M', m] => a.is_ascii_digit() && m.is_ascii_digit(),
        _ => false,
    };
    (is_department(department) && is_digits(order, 6) && suffix_fits && text.len() <= 17)
        .then_some(text)
}

/// Département on three characters, the last of which may be a letter (`02A`).
fn is_department(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() == 3
        && bytes.iter().take(2).all(u8::is_ascii_digit)
        && bytes.last().is_some_and(|b| b.is_ascii_digit() || b.is_ascii_uppercase())
}

fn day(text: &str) -> Option<Date> {
    if !is_digits(text, 6) {
        return None;
    }
    let number = |range: std::ops::Range<usize>| text.get(range)?.parse::<i32>().ok();
    Date::new(2000 + number(4..6)?, number(2..4)?.try_into().ok()?, number(0..2)?.try_into().ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_shapes_of_convention_numbers_are_known() {
        assert_eq!(
            convention_number(" 029 010119 aci 00009").as_deref(),
            Some("029 010119 ACI 00009")
        );
        assert!(convention_number("EI 017 21 0016").is_some());
        assert!(convention_number("02A 010122 AI 00001").is_some());
        assert_eq!(convention_number("029 320119 ACI 00009"), None);
        assert_eq!(convention_number("017 EI 21 0016"), None, "no convention is so numbered");
        assert_eq!(convention_number("029010119ACI00009"), None);
    }

    #[test]
    fn a_number_of_the_first_shape_tells_the_first_day() {
        let day = start_of_convention("029 010119 ACI 00009");
        assert_eq!(day.map(|day| day.to_string()).as_deref(), Some("2019-01-01"));
        assert_eq!(start_of_convention("EI 017 21 0016"), None);
    }

    #[test]
    fn annex_numbers_have_an_optional_suffix() {
        assert_eq!(annex_number("ACI 029 19 0009 A2 M1").as_deref(), Some("ACI029190009A2M1"));
        assert!(annex_number("ACI051170013").is_some());
        assert_eq!(annex_number("ACI051170013A0M1").as_deref(), Some("ACI051170013A0M1"));
        assert!(annex_number("AI02A210001A0M0").is_some());
        assert!(annex_number("EITI972210001A0M0").is_some());
        assert_eq!(annex_number("ACI02919000"), None);
        assert_eq!(annex_number("ACI029190009A2"), None);
        assert_eq!(annex_number("GEIQ029190009"), None);
    }
}
