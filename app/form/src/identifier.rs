//! Rules of the identifiers of French administration: each takes what was typed and gives the
//! canonical text, or `None`. Test values: INSEE, La Poste, ASP extracts (see the tests).

mod agreement;
mod company;
mod contact;
mod place;

pub use agreement::{annex_number, convention_number, start_of_convention};
pub use company::{
    KeyError, bic, iban, idcc, legal_category, naf, rna, siren, siret, training_body, vat_number,
};
pub use contact::{email, phone, url};
pub use place::{commune, department, department_of_postcode, postcode, rome};

/// Keeps letters and digits, in capitals: people type spaces, points and dashes in identifiers.
fn compact(text: &str) -> String {
    text.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).collect()
}

/// Whether `text` has exactly `count` ASCII digits and nothing else.
fn is_digits(text: &str, count: usize) -> bool {
    text.len() == count && text.bytes().all(|b| b.is_ascii_digit())
}
