//! Identifiers of companies and associations.

use super::{compact, is_digits};

/// SIREN of La Poste, whose establishments do not all follow the Luhn key.
const LA_POSTE: &str = "356000000";

/// Why a SIREN or SIRET is refused: the two need different sentences.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyError {
    /// Not the right number of digits.
    Length,
    /// The right length, but the control key does not fit: a digit is wrong.
    Key,
}

/// 9 digits with a Luhn key.
///
/// # Errors
/// [`KeyError`] tells a wrong length from a wrong key.
pub fn siren(text: &str) -> Result<String, KeyError> {
    keyed(text, 9, luhn)
}

/// 14 digits with a Luhn key; for La Poste, a sum of digits that is a multiple of 5 also fits.
///
/// # Errors
/// [`KeyError`] tells a wrong length from a wrong key.
pub fn siret(text: &str) -> Result<String, KeyError> {
    keyed(text, 14, |digits| {
        luhn(digits) || (digits.starts_with(LA_POSTE) && digit_sum(digits).is_multiple_of(5))
    })
}

/// Répertoire national des associations: `W` and 9 letters or digits.
pub fn rna(text: &str) -> Option<String> {
    let text = compact(text);
    (text.len() == 10 && text.starts_with('W')).then_some(text)
}

/// APE code, stored without a dot: `8899B`.
pub fn naf(text: &str) -> Option<String> {
    let text = compact(text);
    let (digits, letter) = text.split_at_checked(4)?;
    (is_digits(digits, 4) && letter.len() == 1 && letter.bytes().all(|b| b.is_ascii_uppercase()))
        .then_some(text)
}

/// Convention collective, 4 digits; `9999` means none.
pub fn idcc(text: &str) -> Option<String> {
    let text = compact(text);
    (!text.is_empty() && text.len() <= 4 && text.bytes().all(|b| b.is_ascii_digit()))
        .then(|| format!("{text:0>4}"))
}

/// Catégorie juridique of INSEE, level III, 4 digits.
pub fn legal_category(text: &str) -> Option<String> {
    let text = compact(text);
    (is_digits(&text, 4) && text.as_bytes().first().is_some_and(|b| (b'1'..=b'9').contains(b)))
        .then_some(text)
}

/// Numéro de déclaration of a training body, 11 digits.
pub fn training_body(text: &str) -> Option<String> {
    let text = compact(text);
    is_digits(&text, 11).then_some(text)
}

/// French VAT number: `FR`, a key computed from the SIREN, the SIREN.
pub fn vat_number(text: &str) -> Option<String> {
    let text = compact(text);
    let (key, number) = text.strip_prefix("FR")?.split_at_checked(2)?;
    let number = siren(number).ok()?;
    let value: u64 = number.parse().ok()?;
    let wanted = (12 + 3 * (value % 97)) % 97;
    (key.parse::<u64>().ok()? == wanted).then_some(text)
}

/// IBAN with its ISO 7064 key; a French one has 27 characters.
pub fn iban(text: &str) -> Option<String> {
    let text = compact(text);
    let (country, rest) = text.split_at_checked(2)?;
    let plausible = country.bytes().all(|b| b.is_ascii_uppercase())
        && (15..=34).contains(&text.len())
        && (country != "FR" || text.len() == 27)
        && rest.bytes().take(2).all(|b| b.is_ascii_digit());
    if !plausible {
        return None;
    }
    let remainder =
        rest.chars().skip(2).chain(text.chars().take(4)).try_fold(0_u32, |sum, c| {
            let digit = c.to_digit(36)?;
            Some(if digit < 10 { (sum * 10 + digit) % 97 } else { (sum * 100 + digit) % 97 })
        })?;
    (remainder == 1).then_some(text)
}

/// BIC (SWIFT), 8 or 11 characters.
pub fn bic(text: &str) -> Option<String> {
    let text = compact(text);
    let letters = text.bytes().take(6).all(|b| b.is_ascii_uppercase());
    (letters && (text.len() == 8 || text.len() == 11)).then_some(text)
}

fn keyed(text: &str, length: usize, fits: impl Fn(&str) -> bool) -> Result<String, KeyError> {
    let text = compact(text);
    if !is_digits(&text, length) {
        return Err(KeyError::Length);
    }
    if fits(&text) { Ok(text) } else { Err(KeyError::Key) }
}

fn luhn(digits: &str) -> bool {
    let sum: u32 = digits
        .bytes()
        .rev()
        .enumerate()
        .map(|(i, b)| {
            let digit = u32::from(b - b'0');
            match (i % 2, digit * 2) {
                (0, _) => digit,
                (_, double) if double > 9 => double - 9,
                (_, double) => double,
            }
        })
        .sum();
    sum.is_multiple_of(10)
}

fn digit_sum(digits: &str) -> u32 {
    digits.bytes().map(|b| u32::from(b - b'0')).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn siret_and_siren_follow_luhn() {
        assert_eq!(siren("732 829 320").as_deref(), Ok("732829320"));
        assert_eq!(siret("732 829 320 00074").as_deref(), Ok("73282932000074"));
        assert_eq!(siret("41816609600051").as_deref(), Ok("41816609600051"));
        assert_eq!(siret("41816609600052"), Err(KeyError::Key));
        assert_eq!(siret("4181660960005"), Err(KeyError::Length));
    }

    #[test]
    fn la_poste_has_its_own_key() {
        for text in ["35600000018723", "35600000049837", "35600000000048"] {
            assert!(siret(text).is_ok(), "{text}");
        }
        assert_eq!(siret("35600000018724"), Err(KeyError::Key));
    }

    #[test]
    fn other_company_identifiers() {
        assert_eq!(rna("w751234567").as_deref(), Some("W751234567"));
        assert_eq!(rna("W75123456"), None);
        assert_eq!(naf("88.99b").as_deref(), Some("8899B"));
        assert_eq!(naf("8899"), None);
        assert_eq!(idcc("16").as_deref(), Some("0016"));
        assert_eq!(idcc("9999").as_deref(), Some("9999"));
        for category in ["9220", "7367", "7210"] {
            assert_eq!(legal_category(category).as_deref(), Some(category));
        }
        assert_eq!(legal_category("0220"), None);
        assert_eq!(vat_number("FR 44 732829320").as_deref(), Some("FR44732829320"));
        assert_eq!(vat_number("FR07130025265").as_deref(), Some("FR07130025265"));
        assert_eq!(vat_number("FR45732829320"), None);
        assert_eq!(training_body("11 75 12345 67").as_deref(), Some("11751234567"));
    }

    #[test]
    fn bank_identifiers() {
        assert!(iban("FR14 2004 1010 0505 0001 3M02 606").is_some());
        assert_eq!(iban("FR7630006000011234567890188"), None);
        assert_eq!(iban("FR"), None);
        assert!(bic("BNPAFRPP").is_some());
        assert_eq!(bic("ccopfrpp xxx").as_deref(), Some("CCOPFRPPXXX"));
        assert_eq!(bic("CCOPFRPPXX"), None);
        assert_eq!(bic("BNP4FRPP"), None);
    }
}
