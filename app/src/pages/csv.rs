//! Files for spreadsheets: semicolons, as French ones open them, and the mark that says UTF-8.

/// What a file begins with.
pub const MARK: char = '\u{feff}';

/// A text as one cell: between quotes where it holds a separator, and never a formula.
pub fn cell(text: &str) -> String {
    let text = if text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{text}")
    } else {
        text.to_owned()
    };
    if text.contains([';', '"', '\n', '\r']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text
    }
}

/// A number of hundredths with its comma, without spaces between thousands.
pub fn hundredths(value: i64) -> String {
    form::number::canonical_scaled(value, 2).replace('.', ",")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_holds_a_separator_stands_between_quotes() {
        assert_eq!(cell("a;b\"c"), "\"a;b\"\"c\"");
        assert_eq!(cell("a, b"), "a, b");
    }

    #[test]
    fn a_text_is_never_a_formula_and_a_number_is_one() {
        assert_eq!(cell("=1+1"), "'=1+1");
        assert_eq!(cell("@x;y"), "\"'@x;y\"");
        assert_eq!((hundredths(123_456), hundredths(-5)), ("1234,56".into(), "-0,05".into()));
    }
}
