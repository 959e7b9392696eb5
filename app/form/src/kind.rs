//! The kinds of questions: how a typed text becomes canonical, and canonical text is displayed.
//!
//! Four words are kept apart: *raw* (what was typed, stored as is), *canonical* (one spelling per
//! value), *typed* (see [`crate::Value`]) and *display* (what people read).

mod display;
mod meaning;
#[cfg(test)]
mod tests;

pub use meaning::Meaning;

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::{
    Date, Text,
    date::parse_month,
    identifier,
    number::{self, NotANumber, parse_scaled},
};

/// One value of a choice question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// Stable code, stored.
    pub value: Text,
    /// What people read.
    pub label: Text,
}

/// What kind of answer a question takes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// One line, at most `max` characters.
    Text {
        /// Characters.
        max: u32,
    },
    /// Several lines, between `min` and `max` characters.
    LongText {
        /// Characters; 0 for no minimum.
        min: u32,
        /// Characters.
        max: u32,
    },
    /// A whole number.
    Integer {
        /// Smallest value taken.
        min: i64,
        /// Largest value taken.
        max: i64,
    },
    /// A number with two decimals, from 0.
    Decimal {
        /// Largest value taken, in hundredths.
        max: i64,
    },
    /// Euros with cents.
    Money {
        /// Whether a negative amount makes sense (a result, a debt).
        negative: bool,
    },
    /// 0 to 100, two decimals.
    Percent,
    /// A weekly duration in hours and minutes.
    Hours {
        /// Smallest value taken, in minutes.
        min: i64,
        /// Largest value taken, in minutes.
        max: i64,
    },
    /// A day.
    Date,
    /// A month of a year.
    Month,
    /// Yes or no; canonical `oui`, `non`.
    YesNo,
    /// One of these values.
    OneOf(Cow<'static, [Choice]>),
    /// Any number of these values; canonical: comma-separated, in the order of the list.
    ManyOf(Cow<'static, [Choice]>),
    /// E-mail address.
    Email,
    /// Phone number.
    Phone,
    /// Web address.
    Url,
    /// SIRET of an establishment.
    Siret,
    /// SIREN of a company.
    Siren,
    /// Number of an association in the RNA.
    Rna,
    /// APE (NAF rév. 2) code.
    Naf,
    /// Convention collective.
    Idcc,
    /// Catégorie juridique.
    LegalCategory,
    /// Number of a training body.
    TrainingBody,
    /// French VAT number.
    Vat,
    /// Bank account.
    Iban,
    /// Bank.
    Bic,
    /// Commune (INSEE code).
    Commune,
    /// Several communes (INSEE codes), canonical: comma-separated.
    Communes,
    /// Département.
    Department,
    /// Several départements, canonical: comma-separated.
    Departments,
    /// Postcode.
    Postcode,
    /// Occupation (ROME).
    Rome,
    /// Number of a convention.
    ConventionNumber,
    /// Number of an annexe financière.
    AnnexNumber,
    /// Name of a document (the file itself is kept elsewhere).
    File,
    /// A box to tick; canonical `oui` or nothing.
    Pledge,
}

/// Why a raw text has no canonical form, or is missing. Sentences are written by the interface.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "each code says itself; the sentences are in the interface")]
pub enum Code {
    Required,
    RowRequired { min: u32 },
    TooLong { max: u32 },
    TooShort { min: u32 },
    NotANumber,
    NotAWholeNumber,
    TooManyDecimals,
    TooSmall { min: i64, decimals: u32 },
    TooLarge { max: i64, decimals: u32 },
    NotHours,
    NotADate,
    NotAMonth,
    NotYesNo,
    NotAChoice,
    BadEmail,
    BadPhone,
    BadUrl,
    SirenLength,
    SirenKey,
    SiretLength,
    SiretKey,
    BadRna,
    BadNaf,
    BadIdcc,
    BadLegalCategory,
    BadTrainingBody,
    BadVat,
    BadIban,
    BadBic,
    BadCommune,
    BadDepartment,
    BadPostcode,
    BadRome,
    BadConventionNumber,
    BadAnnexNumber,
    BadFile,
}

impl Kind {
    /// The canonical text of what was typed; empty for an empty answer.
    ///
    /// # Errors
    /// The [`Code`] of what is wrong with the text.
    pub fn canonical(&self, raw: &str) -> Result<String, Code> {
        Ok(self.read(raw)?.map(Meaning::spell).unwrap_or_default())
    }

    /// What was typed means; `None` for an empty answer. Checking reads every answer of a dossier
    /// at each key: nothing is copied that is well spelled already.
    ///
    /// # Errors
    /// The [`Code`] of what is wrong with the text.
    pub fn read<'a>(&self, raw: &'a str) -> Result<Option<Meaning<'a>>, Code> {
        let raw = raw.trim();
        if raw.is_empty() {
            return Ok(None);
        }
        self.meaning(raw).map(Some)
    }

    fn meaning<'a>(&self, raw: &'a str) -> Result<Meaning<'a>, Code> {
        match self {
            Self::Text { max } | Self::LongText { max, .. } if is_longer(raw, *max) => {
                Err(Code::TooLong { max: *max })
            }
            Self::LongText { min, .. } if *min > 0 && !is_longer(raw, *min - 1) => {
                Err(Code::TooShort { min: *min })
            }
            Self::Text { .. } => Ok(single_spaced(raw)),
            Self::LongText { .. } => Ok(unix_lines(raw)),
            Self::Integer { min, max } => scaled(raw, 0, *min, *max),
            Self::Decimal { max } => scaled(raw, 2, 0, *max),
            Self::Money { negative } => {
                let limit = 99_999_999_999;
                scaled(raw, 2, if *negative { -limit } else { 0 }, limit)
            }
            Self::Percent => scaled(raw, 2, 0, 10_000),
            Self::Hours { min, max } => {
                let minutes = number::parse_minutes(raw).ok_or(Code::NotHours)?;
                let fits = (*min..=*max).contains(&minutes);
                if fits { Ok(Meaning::Minutes(minutes)) } else { Err(Code::NotHours) }
            }
            Self::Date => Date::parse(raw).map(Meaning::Date).ok_or(Code::NotADate),
            Self::Month => parse_month(raw)
                .map(|(year, month)| Meaning::owned(format!("{year:04}-{month:02}")))
                .ok_or(Code::NotAMonth),
            Self::YesNo => one(raw, matches!(raw, "oui" | "non"), Code::NotYesNo),
            Self::Pledge => one(raw, raw == "oui", Code::NotAChoice),
            Self::OneOf(choices) => {
                one(raw, choices.iter().any(|choice| choice.value == raw), Code::NotAChoice)
            }
            Self::ManyOf(choices) => many(choices, raw).map(Meaning::owned),
            Self::Siret => {
                identifier::siret(raw).map(Meaning::owned).map_err(|error| match error {
                    identifier::KeyError::Length => Code::SiretLength,
                    identifier::KeyError::Key => Code::SiretKey,
                })
            }
            Self::Siren => {
                identifier::siren(raw).map(Meaning::owned).map_err(|error| match error {
                    identifier::KeyError::Length => Code::SirenLength,
                    identifier::KeyError::Key => Code::SirenKey,
                })
            }
            Self::File => {
                let fits = !is_longer(raw, 200) && !raw.contains(['/', '\\', '\0', '\n']);
                one(raw, fits, Code::BadFile)
            }
            other => other.identifier(raw).map(Meaning::owned),
        }
    }

    /// Kinds with one rule and one code.
    fn identifier(&self, raw: &str) -> Result<String, Code> {
        let (read, code) = match self {
            Self::Email => (identifier::email(raw), Code::BadEmail),
            Self::Phone => (identifier::phone(raw), Code::BadPhone),
            Self::Url => (identifier::url(raw), Code::BadUrl),
            Self::Rna => (identifier::rna(raw), Code::BadRna),
            Self::Naf => (identifier::naf(raw), Code::BadNaf),
            Self::Idcc => (identifier::idcc(raw), Code::BadIdcc),
            Self::LegalCategory => (identifier::legal_category(raw), Code::BadLegalCategory),
            Self::TrainingBody => (identifier::training_body(raw), Code::BadTrainingBody),
            Self::Vat => (identifier::vat_number(raw), Code::BadVat),
            Self::Iban => (identifier::iban(raw), Code::BadIban),
            Self::Bic => (identifier::bic(raw), Code::BadBic),
            Self::Commune => (identifier::commune(raw), Code::BadCommune),
            Self::Communes => (list(raw, identifier::commune), Code::BadCommune),
            Self::Department => (identifier::department(raw), Code::BadDepartment),
            Self::Departments => (list(raw, identifier::department), Code::BadDepartment),
            Self::Postcode => (identifier::postcode(raw), Code::BadPostcode),
            Self::Rome => (identifier::rome(raw), Code::BadRome),
            Self::ConventionNumber => {
                (identifier::convention_number(raw), Code::BadConventionNumber)
            }
            Self::AnnexNumber => (identifier::annex_number(raw), Code::BadAnnexNumber),
            // The others are read by `meaning`; a kind that nobody reads takes nothing.
            _ => (None, Code::NotAChoice),
        };
        read.ok_or(code)
    }

    /// Whether two raw texts are the same answer, however spelled.
    pub fn same(&self, one: &str, other: &str) -> bool {
        one == other || matches!((self.read(one), self.read(other)), (Ok(a), Ok(b)) if a == b)
    }

    /// Choices of a choice question.
    pub fn choices(&self) -> &[Choice] {
        match self {
            Self::OneOf(choices) | Self::ManyOf(choices) => choices,
            _ => &[],
        }
    }

    /// Longest raw text the server keeps for this kind, in bytes; far above what is valid, so that
    /// a draft may hold a mistake, and low enough that nothing is flooded.
    pub fn raw_limit(&self) -> usize {
        match self {
            Self::Text { max } | Self::LongText { max, .. } => *max as usize * 8 + 1_000,
            Self::Communes | Self::Departments | Self::ManyOf(_) => 20_000,
            _ => 1_000,
        }
    }

    /// Whether answers of this kind are numbers, written at the right.
    pub fn is_number(&self) -> bool {
        matches!(
            self,
            Self::Integer { .. }
                | Self::Decimal { .. }
                | Self::Money { .. }
                | Self::Percent
                | Self::Hours { .. }
        )
    }
}

/// Whether a text has more than `max` characters; looks no further than that.
fn is_longer(raw: &str, max: u32) -> bool {
    raw.len() > max as usize && raw.chars().nth(max as usize).is_some()
}

/// A text that must be one of a few, as it is.
fn one(raw: &str, fits: bool, code: Code) -> Result<Meaning<'_>, Code> {
    if fits { Ok(Meaning::Text(Cow::Borrowed(raw))) } else { Err(code) }
}

/// One space between words.
fn single_spaced(raw: &str) -> Meaning<'_> {
    // Byte by byte: a control character, or the first byte of a space that is not ASCII, may have to
    // go. Accents begin with another one.
    let mut before = 0;
    let is_so = raw.bytes().all(|byte| {
        let fits =
            byte >= b' ' && !matches!(byte, 0xc2 | 0xe1..=0xe3) && (byte != b' ' || before != b' ');
        before = byte;
        fits
    });
    Meaning::Text(if is_so {
        Cow::Borrowed(raw)
    } else {
        Cow::Owned(raw.split_whitespace().collect::<Vec<_>>().join(" "))
    })
}

/// Line ends as one character.
fn unix_lines(raw: &str) -> Meaning<'_> {
    Meaning::Text(if raw.contains('\r') {
        Cow::Owned(raw.replace("\r\n", "\n"))
    } else {
        Cow::Borrowed(raw)
    })
}

fn scaled(raw: &str, decimals: u32, min: i64, max: i64) -> Result<Meaning<'static>, Code> {
    let value = parse_scaled(raw, decimals).map_err(|error| match error {
        NotANumber::Malformed => Code::NotANumber,
        NotANumber::TooManyDecimals if decimals == 0 => Code::NotAWholeNumber,
        NotANumber::TooManyDecimals => Code::TooManyDecimals,
    })?;
    if value < min {
        return Err(Code::TooSmall { min, decimals });
    }
    if value > max {
        return Err(Code::TooLarge { max, decimals });
    }
    Ok(Meaning::Scaled { value, decimals })
}

fn many(choices: &[Choice], raw: &str) -> Result<String, Code> {
    let wanted: Vec<&str> = raw.split(',').map(str::trim).filter(|v| !v.is_empty()).collect();
    let known = |value: &&str| choices.iter().any(|choice| choice.value == *value);
    if !wanted.iter().all(known) {
        return Err(Code::NotAChoice);
    }
    let chosen: Vec<&str> =
        choices.iter().map(|choice| choice.value.as_ref()).filter(|v| wanted.contains(v)).collect();
    Ok(chosen.join(","))
}

fn list(raw: &str, one: impl Fn(&str) -> Option<String>) -> Option<String> {
    let mut found: Vec<String> = Vec::new();
    for part in raw.split([',', ';', ' ', '\n', '\t']).filter(|part| !part.trim().is_empty()) {
        let code = one(part)?;
        if !found.contains(&code) {
            found.push(code);
        }
    }
    (!found.is_empty()).then(|| found.join(","))
}
