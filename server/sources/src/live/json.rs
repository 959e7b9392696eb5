//! Reading JSON of others: whatever is odd is as if it were not there.

use serde_json::Value;

/// What the register writes where a person asked that their data be not shown.
const MASK: &str = "NON-DIFFUSIBLE";
/// Longest text of several lines.
const LONGEST_PROSE: usize = 3_000;
/// Longest text that is a fact, in characters.
const LONGEST: usize = 300;

/// A member of a member of …
pub fn member<'a>(value: &'a Value, path: &[&str]) -> &'a Value {
    path.iter().fold(value, |value, name| value.get(name).unwrap_or(&Value::Null))
}

/// The elements of a list; none for anything else.
pub fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// A short text without marks of control, its spaces made one; `None` for anything else, and for what
/// is masked.
pub fn text(value: &Value) -> Option<String> {
    let said = match value {
        Value::String(text) => text.clone(),
        // A code that was written as a number.
        Value::Number(number) if number.is_u64() => number.to_string(),
        _ => return None,
    };
    let plain = said.split_whitespace().collect::<Vec<_>>().join(" ");
    let odd = plain.chars().any(char::is_control) || plain.chars().count() > LONGEST;
    (!plain.is_empty() && !odd && !is_masked(value)).then_some(plain)
}

/// Whether a text stands for one that is not shown.
pub fn is_masked(value: &Value) -> bool {
    value.as_str().is_some_and(|text| text.contains(MASK))
}

/// The day at the beginning of a text, `AAAA-MM-JJ`.
pub fn day(value: &Value) -> Option<String> {
    let said = value.as_str()?.get(..10)?;
    form::Date::parse_iso(said).map(|day| day.to_string())
}

/// A long text, its lines kept; `None` for anything else.
pub fn prose(value: &Value) -> Option<String> {
    let said = value.as_str()?.replace("\r\n", "\n");
    let odd = said.chars().any(|c| c.is_control() && c != '\n' && c != '\t');
    let said = said.trim();
    (!said.is_empty() && !odd && said.chars().count() <= LONGEST_PROSE && !is_masked(value))
        .then(|| said.to_owned())
}
