//! How answers are shown: to be read, and to be edited.

use super::{Choice, Kind};
use crate::{
    Date,
    date::parse_month,
    number::{self, NARROW, NO_BREAK, display_scaled, parse_scaled},
};

impl Kind {
    /// What people read for a canonical text. A text that is not canonical is shown as it is.
    pub fn display(&self, canonical: &str) -> String {
        if canonical.is_empty() {
            return String::new();
        }
        let shown = match self {
            Self::Integer { .. } => parse_scaled(canonical, 0).ok().map(|n| display_scaled(n, 0)),
            Self::Decimal { .. } => parse_scaled(canonical, 2).ok().map(|n| display_scaled(n, 2)),
            Self::Money { .. } => parse_scaled(canonical, 2).ok().map(number::euros),
            Self::Percent => parse_scaled(canonical, 2)
                .ok()
                .map(|n| format!("{}{NO_BREAK}%", display_scaled(n, 2))),
            Self::Hours { .. } => number::parse_minutes(canonical)
                .map(|m| format!("{}{NO_BREAK}h{NO_BREAK}{:02}", m / 60, m % 60)),
            Self::Date => Date::parse_iso(canonical).map(Date::french),
            Self::Month => parse_month(canonical).map(|(y, m)| format!("{m:02}/{y}")),
            Self::YesNo => match canonical {
                "oui" => Some("Oui".to_owned()),
                "non" => Some("Non".to_owned()),
                _ => None,
            },
            Self::Pledge => (canonical == "oui").then(|| "Engagement pris".to_owned()),
            Self::OneOf(choices) | Self::ManyOf(choices) => Some(
                canonical
                    .split(',')
                    .map(|value| label(choices, value))
                    .collect::<Vec<_>>()
                    .join(", "),
            ),
            Self::Siret => grouped(canonical, &[3, 3, 3, 5]),
            Self::Siren => grouped(canonical, &[3, 3, 3]),
            Self::Phone => grouped(canonical, &[2, 2, 2, 2, 2]),
            Self::Iban => grouped(canonical, &[4; 9]),
            Self::Naf => canonical.split_at_checked(2).map(|(a, b)| format!("{a}.{b}")),
            Self::Communes | Self::Departments => Some(canonical.replace(',', ", ")),
            _ => None,
        };
        shown.unwrap_or_else(|| canonical.to_owned())
    }

    /// What people read for a raw text: its display when it is well formed, itself otherwise.
    pub fn display_raw(&self, raw: &str) -> String {
        match self.canonical(raw) {
            Ok(canonical) => self.display(&canonical),
            Err(_) => raw.to_owned(),
        }
    }

    /// The text an input opens with: what people would type, without units. A malformed text is
    /// shown as it was typed.
    pub fn edit(&self, raw: &str) -> String {
        let Ok(canonical) = self.canonical(raw) else { return raw.to_owned() };
        match self {
            Self::Date
            | Self::Month
            | Self::Naf
            | Self::Phone
            | Self::Siret
            | Self::Siren
            | Self::Iban => self.display(&canonical),
            Self::Integer { .. } => rescaled(&canonical, 0),
            Self::Decimal { .. } | Self::Money { .. } | Self::Percent => rescaled(&canonical, 2),
            Self::Hours { .. } => canonical,
            _ => raw.to_owned(),
        }
    }
}

fn rescaled(canonical: &str, decimals: u32) -> String {
    parse_scaled(canonical, decimals)
        .map_or_else(|_| canonical.to_owned(), |n| display_scaled(n, decimals))
}

fn label(choices: &[Choice], value: &str) -> String {
    choices
        .iter()
        .find(|choice| choice.value == value)
        .map_or_else(|| value.to_owned(), |choice| choice.label.clone().into_owned())
}

fn grouped(text: &str, sizes: &[usize]) -> Option<String> {
    if !text.is_ascii() {
        return None;
    }
    let mut rest = text;
    let mut groups = Vec::new();
    for size in sizes {
        let (group, tail) = rest.split_at_checked((*size).min(rest.len()))?;
        if !group.is_empty() {
            groups.push(group);
        }
        rest = tail;
    }
    rest.is_empty().then(|| groups.join(&NARROW.to_string()))
}
