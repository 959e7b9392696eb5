//! How to reach somebody.

/// E-mail address: one `@`, no space, a dot in the domain, at most 254 characters.
pub fn email(text: &str) -> Option<String> {
    let text = text.trim();
    let (local, domain) = text.split_once('@')?;
    let fits = !local.is_empty()
        && text.len() <= 254
        && !domain.contains('@')
        && domain.contains('.')
        && !domain.starts_with('.')
        && !domain.ends_with('.')
        && !domain.contains("..")
        && !text.chars().any(|c| c.is_whitespace() || c.is_control() || ",;<>()\"".contains(c));
    fits.then(|| text.to_lowercase())
}

/// French phone number, canonical `0123456789`; a foreign one stays in E.164 (`+32…`).
/// The ASP loses the leading zero: nine digits get it back.
pub fn phone(text: &str) -> Option<String> {
    let kept: String = text
        .trim()
        .replace("(0)", "")
        .chars()
        .filter(|c| !" .-\u{a0}\u{202f}/".contains(*c))
        .collect();
    if let Some(french) = kept.strip_prefix("+33").or_else(|| kept.strip_prefix("0033")) {
        return nine_digits(french.strip_prefix('0').unwrap_or(french));
    }
    if let Some(foreign) = kept.strip_prefix('+') {
        let fits = (8..=15).contains(&foreign.len()) && foreign.bytes().all(|b| b.is_ascii_digit());
        return fits.then_some(kept);
    }
    nine_digits(kept.strip_prefix('0').unwrap_or(&kept))
}

/// Address of a web page; `https://` is added when the scheme is missing.
pub fn url(text: &str) -> Option<String> {
    let text = text.trim();
    let full = if text.contains("://") { text.to_owned() } else { format!("https://{text}") };
    let rest = full.strip_prefix("https://").or_else(|| full.strip_prefix("http://"))?;
    let host = rest.split(['/', '?', '#']).next()?;
    let fits = host.contains('.')
        && !host.starts_with('.')
        && !host.ends_with('.')
        && full.len() <= 500
        && !full.chars().any(|c| c.is_whitespace() || c.is_control() || "<>\"'\\".contains(c));
    fits.then_some(full)
}

fn nine_digits(text: &str) -> Option<String> {
    let fits =
        text.len() == 9 && text.bytes().all(|b| b.is_ascii_digit()) && !text.starts_with('0');
    fits.then(|| format!("0{text}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn emails() {
        assert_eq!(email(" Ines.B@exemple.fr ").as_deref(), Some("ines.b@exemple.fr"));
        for text in ["a@b", "a b@c.fr", "a@b@c.fr", "@c.fr", "a@.fr", "a@c..fr", "<a@c.fr>"] {
            assert_eq!(email(text), None, "{text}");
        }
    }

    #[test]
    fn phones_come_in_many_shapes() {
        for text in [
            "03 86 71 00 00",
            "386710000",
            "+33 3 86 71 00 00",
            "0033386710000",
            "+33 (0)3.86.71.00.00",
        ] {
            assert_eq!(phone(text).as_deref(), Some("0386710000"), "{text}");
        }
        assert_eq!(phone("+32 2 555 12 12").as_deref(), Some("+3225551212"));
        assert_eq!(phone("12 34"), None);
        assert_eq!(phone("00 86 71 00 00"), None);
    }

    #[test]
    fn only_web_addresses_are_urls() {
        assert_eq!(url("www.exemple.fr").as_deref(), Some("https://www.exemple.fr"));
        assert_eq!(url("http://exemple.fr/a?b").as_deref(), Some("http://exemple.fr/a?b"));
        for text in
            ["javascript:alert(1)", "javascript://exemple.fr", "exemple", "https://a b.fr", ""]
        {
            assert_eq!(url(text), None, "{text}");
        }
    }
}
