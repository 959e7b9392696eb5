//! Places and occupations.

use super::{compact, is_digits};

/// INSEE code of a commune, that of its département first: `29003`, `2A004`, `97105`.
pub fn commune(text: &str) -> Option<String> {
    let text = compact(text);
    let overseas = text.starts_with("97") || text.starts_with("98");
    let (head, tail) = text.split_at_checked(if overseas { 3 } else { 2 })?;
    let known = department(head).is_some_and(|code| code == head);
    (text.len() == 5 && known && tail.bytes().all(|b| b.is_ascii_digit())).then_some(text)
}

/// Département: `01`–`19`, `21`–`95`, `2A`, `2B`, `971`–`978`, `984`, `986`–`989`.
/// The ASP writes three characters: `029` is read as `29`, `02A` as `2A`.
pub fn department(text: &str) -> Option<String> {
    let text = compact(text);
    let short = match text.len() {
        1 => format!("0{text}"),
        3 if text.starts_with('0') => text.get(1..)?.to_owned(),
        _ => text,
    };
    let known = match short.parse::<u16>() {
        Ok(number) if short.len() == 2 => (1..=95).contains(&number) && number != 20,
        Ok(number) if short.len() == 3 => {
            (971..=978).contains(&number) || number == 984 || (986..=989).contains(&number)
        }
        _ => short == "2A" || short == "2B",
    };
    known.then_some(short)
}

/// Code postal, five digits.
pub fn postcode(text: &str) -> Option<String> {
    let text = compact(text);
    is_digits(&text, 5).then_some(text)
}

/// Département of a postcode. Corsica: 200xx, 201xx, 207xx are 2A, the other 20xxx are 2B.
pub fn department_of_postcode(postcode: &str) -> Option<String> {
    let code = self::postcode(postcode)?;
    match code.get(..3)? {
        "200" | "201" | "207" => Some("2A".to_owned()),
        "202" | "204" | "206" => Some("2B".to_owned()),
        overseas if overseas.starts_with("97") || overseas.starts_with("98") => {
            department(overseas)
        }
        _ => department(code.get(..2)?),
    }
}

/// Code ROME: a letter A to N and four digits.
pub fn rome(text: &str) -> Option<String> {
    let text = compact(text);
    let (letter, digits) = text.split_at_checked(1)?;
    (is_digits(digits, 4) && letter.bytes().all(|b| (b'A'..=b'N').contains(&b))).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn corsica_and_overseas_are_departments() {
        for (text, wanted) in [
            ("029", "29"),
            ("1", "01"),
            ("2a", "2A"),
            ("02B", "2B"),
            ("972", "972"),
            ("984", "984"),
            ("986", "986"),
            ("988", "988"),
            ("989", "989"),
        ] {
            assert_eq!(department(text).as_deref(), Some(wanted), "{text}");
        }
        for text in ["20", "96", "970", "979", "985", "2C", "0", ""] {
            assert_eq!(department(text), None, "{text}");
        }
    }

    #[test]
    fn a_postcode_tells_its_department() {
        for (code, wanted) in [
            ("20200", "2B"),
            ("20000", "2A"),
            ("20137", "2A"),
            ("97200", "972"),
            ("58000", "58"),
            ("01000", "01"),
        ] {
            assert_eq!(department_of_postcode(code).as_deref(), Some(wanted), "{code}");
        }
        assert_eq!(department_of_postcode("99000"), None);
    }

    #[test]
    fn communes_and_rome() {
        for text in ["2A004", "97105", "29003", "01001", "95690", "97701", "98818"] {
            assert_eq!(commune(text).as_deref(), Some(text));
        }
        for text in ["20004", "00001", "96001", "97001", "97901", "98501", "99100", "2900", "2A0O4"]
        {
            assert_eq!(commune(text), None, "{text}");
        }
        assert_eq!(rome("m1607").as_deref(), Some("M1607"));
        assert_eq!(rome("Z1607"), None);
    }
}
