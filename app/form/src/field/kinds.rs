//! One constructor for each kind of question, with the type its answers are read as.

use std::borrow::Cow;

use super::Field;
use crate::{Cents, Choice, Date, Hundredths, Kind, Minutes};

macro_rules! plain_kinds {
    ($($(#[$doc:meta])* $name:ident => $kind:ident),+ $(,)?) => {
        impl Field<String> {
            $($(#[$doc])*
            pub const fn $name(id: &'static str, label: &'static str) -> Self {
                Self::new(id, label, Kind::$kind)
            })+
        }
    };
}

plain_kinds! {
    /// A month, `AAAA-MM`.
    month => Month,
    /// An e-mail address.
    email => Email,
    /// A phone number.
    phone => Phone,
    /// A web address.
    url => Url,
    /// A SIRET.
    siret => Siret,
    /// A SIREN.
    siren => Siren,
    /// A number of the RNA.
    rna => Rna,
    /// An APE code.
    naf => Naf,
    /// A convention collective.
    idcc => Idcc,
    /// A catégorie juridique.
    legal_category => LegalCategory,
    /// The number of a training body.
    training_body => TrainingBody,
    /// A VAT number.
    vat => Vat,
    /// A bank account.
    iban => Iban,
    /// A bank.
    bic => Bic,
    /// An INSEE commune code.
    commune => Commune,
    /// A département.
    department => Department,
    /// A postcode.
    postcode => Postcode,
    /// A ROME code.
    rome => Rome,
    /// The number of a convention.
    convention_number => ConventionNumber,
    /// The number of an annexe financière.
    annex_number => AnnexNumber,
    /// The name of a document.
    file => File,
}

impl Field<String> {
    /// One line of at most `max` characters.
    pub const fn text(id: &'static str, label: &'static str, max: u32) -> Self {
        Self::new(id, label, Kind::Text { max })
    }

    /// Several lines of at most `max` characters.
    pub const fn long_text(id: &'static str, label: &'static str, max: u32) -> Self {
        Self::new(id, label, Kind::LongText { min: 0, max })
    }

    /// Several lines, between `min` and `max` characters.
    pub const fn long_text_from(id: &'static str, label: &'static str, min: u32, max: u32) -> Self {
        Self::new(id, label, Kind::LongText { min, max })
    }

    /// One of these choices. See the macro [`crate::choices!`].
    pub const fn one_of(id: &'static str, label: &'static str, choices: &'static [Choice]) -> Self {
        Self::new(id, label, Kind::OneOf(Cow::Borrowed(choices)))
    }
}

impl Field<Vec<String>> {
    /// Any number of these choices.
    pub const fn many_of(
        id: &'static str,
        label: &'static str,
        choices: &'static [Choice],
    ) -> Self {
        Self::new(id, label, Kind::ManyOf(Cow::Borrowed(choices)))
    }

    /// Several communes.
    pub const fn communes(id: &'static str, label: &'static str) -> Self {
        Self::new(id, label, Kind::Communes)
    }

    /// Several départements.
    pub const fn departments(id: &'static str, label: &'static str) -> Self {
        Self::new(id, label, Kind::Departments)
    }
}

impl Field<i64> {
    /// A whole number from 0.
    pub const fn integer(id: &'static str, label: &'static str, max: i64) -> Self {
        Self::new(id, label, Kind::Integer { min: 0, max })
    }

    /// A whole number from `min`.
    pub const fn integer_from(id: &'static str, label: &'static str, min: i64, max: i64) -> Self {
        Self::new(id, label, Kind::Integer { min, max })
    }
}

impl Field<Hundredths> {
    /// A number with two decimals, at most `max` hundredths.
    pub const fn decimal(id: &'static str, label: &'static str, max: i64) -> Self {
        Self::new(id, label, Kind::Decimal { max })
    }

    /// A percentage.
    pub const fn percent(id: &'static str, label: &'static str) -> Self {
        Self::new(id, label, Kind::Percent).unit("%")
    }
}

impl Field<Cents> {
    /// An amount from 0.
    pub const fn money(id: &'static str, label: &'static str) -> Self {
        Self::new(id, label, Kind::Money { negative: false }).unit("€")
    }

    /// An amount that may be negative.
    pub const fn balance(id: &'static str, label: &'static str) -> Self {
        Self::new(id, label, Kind::Money { negative: true }).unit("€")
    }
}

impl Field<Minutes> {
    /// A weekly duration between `min` and `max` minutes.
    pub const fn hours(id: &'static str, label: &'static str, min: i64, max: i64) -> Self {
        Self::new(id, label, Kind::Hours { min, max })
    }
}

impl Field<Date> {
    /// A day.
    pub const fn date(id: &'static str, label: &'static str) -> Self {
        Self::new(id, label, Kind::Date)
    }
}

impl Field<bool> {
    /// Yes or no.
    pub const fn yes_no(id: &'static str, label: &'static str) -> Self {
        Self::new(id, label, Kind::YesNo)
    }

    /// A box to tick.
    pub const fn pledge(id: &'static str, label: &'static str) -> Self {
        Self::new(id, label, Kind::Pledge)
    }
}
