//! How the ASP writes values. An empty text is a missing value; `None` means unreadable or missing,
//! [`Values`] tells the two apart.

use form::{Cents, Date, Hundredths, Minutes, number};

use super::view::Row;

/// `31/12/2021`, maybe followed by ` 12:19:31`.
pub fn date(text: &str) -> Option<Date> {
    let day = text.split_ascii_whitespace().next()?;
    (day.len() == 10).then(|| Date::parse(day)).flatten()
}

/// `true` or `false`.
pub fn boolean(text: &str) -> Option<bool> {
    match text {
        "true" => Some(true),
        "false" => Some(false),
        _ => None,
    }
}

/// A whole number, maybe written as a float: `26`, `26.0`.
pub fn integer(text: &str) -> Option<i64> {
    number::parse_scaled(text, 0).ok()
}

/// A decimal with a point, to the hundredth.
pub fn hundredths(text: &str) -> Option<Hundredths> {
    number::parse_scaled(text, 2).ok().map(Hundredths)
}

/// An amount in euros.
pub fn cents(text: &str) -> Option<Cents> {
    number::parse_scaled(text, 2).ok().map(Cents)
}

/// A weekly duration, `35:00`.
pub fn minutes(text: &str) -> Option<Minutes> {
    number::parse_minutes(text).map(Minutes)
}

/// A code made of digits that passed for a number: `9220.0` is `9220`.
pub fn code(text: &str) -> &str {
    match text.split_once('.') {
        Some((digits, zeros)) if is_digits(digits) && zeros.bytes().all(|b| b == b'0') => digits,
        _ => text,
    }
}

/// A commune or postcode with the zeros it lost: `1004` is `01004`.
pub fn five(text: &str) -> String {
    let text = code(text);
    if is_digits(text) { format!("{text:0>5}") } else { text.to_owned() }
}

/// A phone number with the zero it lost: `386710000` is `0386710000`.
pub fn phone(text: &str) -> String {
    let text = code(text);
    if text.len() == 9 && is_digits(text) { format!("0{text}") } else { text.to_owned() }
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// Reads the values of one row and remembers the columns whose text makes no sense.
pub(super) struct Values<'a> {
    row: &'a Row,
    /// Columns that hold something unreadable.
    pub unreadable: Vec<&'static str>,
}

impl<'a> Values<'a> {
    pub fn of(row: &'a Row) -> Self {
        Self { row, unreadable: Vec::new() }
    }

    pub fn text(&self, column: &'static str) -> String {
        self.row.get(column).to_owned()
    }

    pub fn code(&self, column: &'static str) -> String {
        code(self.row.get(column)).to_owned()
    }

    pub fn five(&self, column: &'static str) -> String {
        five(self.row.get(column))
    }

    pub fn phone(&self, column: &'static str) -> String {
        phone(self.row.get(column))
    }

    pub fn date(&mut self, column: &'static str) -> Option<Date> {
        self.read(column, date)
    }

    pub fn boolean(&mut self, column: &'static str) -> Option<bool> {
        self.read(column, boolean)
    }

    pub fn integer(&mut self, column: &'static str) -> Option<i64> {
        self.read(column, integer)
    }

    pub fn id(&mut self, column: &'static str) -> Option<u64> {
        self.read(column, |text| integer(text)?.try_into().ok())
    }

    pub fn hundredths(&mut self, column: &'static str) -> Option<Hundredths> {
        self.read(column, hundredths)
    }

    pub fn cents(&mut self, column: &'static str) -> Option<Cents> {
        self.read(column, cents)
    }

    pub fn minutes(&mut self, column: &'static str) -> Option<Minutes> {
        self.read(column, minutes)
    }

    fn read<T>(&mut self, column: &'static str, parse: impl Fn(&str) -> Option<T>) -> Option<T> {
        let text = self.row.get(column);
        let value = parse(text);
        if value.is_none() && !text.is_empty() {
            self.unreadable.push(column);
        }
        value
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn values_are_read_as_the_asp_writes_them() {
        assert_eq!(date("31/12/2021"), Date::new(2021, 12, 31));
        assert_eq!(date("05/03/2024 10:20:30"), Date::new(2024, 3, 5));
        assert_eq!(date("31/11/2021"), None);
        assert_eq!(date("1/1/21"), None);
        assert_eq!(
            (boolean("true"), boolean("false"), boolean("")),
            (Some(true), Some(false), None)
        );
        assert_eq!((integer("26"), integer("26.0"), integer("26.5")), (Some(26), Some(26), None));
        assert_eq!(hundredths("15.60"), Some(Hundredths(1_560)));
        assert_eq!(cents("296608.50"), Some(Cents(29_660_850)));
        assert_eq!(minutes("35:00"), Some(Minutes(2_100)));
    }

    #[test]
    fn lost_zeros_come_back() {
        assert_eq!(
            (five("1004"), five("1004.0"), five("2A004")),
            ("01004".into(), "01004".into(), "2A004".into())
        );
        assert_eq!(five(""), "");
        assert_eq!(phone("386710000"), "0386710000");
        assert_eq!(phone("386710000.0"), "0386710000");
        assert_eq!(
            (code("9220.0"), code("8899B"), code("1.5"), code(".")),
            ("9220", "8899B", "1.5", ".")
        );
    }

    proptest! {
        #[test]
        fn any_text_is_answered(text in "\\PC{0,30}") {
            let _ = (date(&text), boolean(&text), integer(&text), hundredths(&text), cents(&text));
            let _ = (minutes(&text), code(&text).len(), five(&text), phone(&text));
        }
    }
}
