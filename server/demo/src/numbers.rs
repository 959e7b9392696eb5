//! Identifiers with valid keys and openly invented roots: no SIREN begins with 000, no bank has the
//! code 00000, no association the number W000.

/// SIREN of the `order`-th invented company of a département.
pub fn siren(department: &str, order: u32) -> String {
    with_luhn_key(&format!("000{department:0>3}{order:02}"))
}

/// SIRET of the `site`-th establishment of a company.
pub fn siret(siren: &str, site: u32) -> String {
    with_luhn_key(&format!("{siren}{site:04}"))
}

/// VAT number of a company.
pub fn vat(siren: &str) -> String {
    let number: u64 = siren.parse().unwrap_or(0);
    format!("FR{:02}{siren}", (12 + 3 * (number % 97)) % 97)
}

/// Number of an association.
pub fn rna(siren: &str) -> String {
    format!("W000{}", siren.get(3..).unwrap_or("000001"))
}

/// Bank account at a bank that does not exist.
pub fn iban(siren: &str) -> String {
    let account = format!("0000000000{siren}0001");
    let account = format!("{account:0<23}");
    // ISO 7064: the country and a key of 00 are moved to the end, F is 15 and R is 27.
    let remainder = format!("{account}152700")
        .bytes()
        .fold(0_u32, |rest, digit| (rest * 10 + u32::from(digit - b'0')) % 97);
    format!("FR{:02}{account}", 98 - remainder)
}

/// Number of a convention that begins in this year.
pub fn convention(department: &str, kind: &str, year: i32, order: u32) -> String {
    format!("{department:0>3} 0101{:02} {kind} {order:05}", year % 100)
}

/// Number of the annexe of a year of a convention.
pub fn annex(department: &str, kind: &str, start: i32, order: u32, year: i32) -> String {
    let renewal = (year - start).clamp(0, 9);
    format!("{kind}{department:0>3}{:02}{order:04}A{renewal}M0", start % 100)
}

/// Phone number of the ranges kept for fiction.
pub fn phone(department: &str, order: u32) -> String {
    let range = match department {
        "29" => "026191",
        "972" => "063998",
        _ => "035301",
    };
    format!("{range}{:04}", 1_000 + order * 37 % 9_000)
}

fn with_luhn_key(digits: &str) -> String {
    let sum: u32 = digits
        .bytes()
        .rev()
        .enumerate()
        .map(|(i, b)| match (i % 2, u32::from(b - b'0')) {
            (0, digit) if digit > 4 => digit * 2 - 9,
            (0, digit) => digit * 2,
            (_, digit) => digit,
        })
        .sum();
    format!("{digits}{}", (10 - sum % 10) % 10)
}

#[cfg(test)]
mod tests {
    use form::identifier;

    use super::*;

    #[test]
    fn every_number_has_its_key() {
        for (department, order) in [("58", 1), ("972", 37), ("29", 12), ("21", 8)] {
            let siren = siren(department, order);
            assert!(identifier::siren(&siren).is_ok(), "{siren}");
            assert!(identifier::siret(&siret(&siren, 1)).is_ok());
            assert!(identifier::vat_number(&vat(&siren)).is_some());
            assert!(identifier::rna(&rna(&siren)).is_some());
            assert!(identifier::iban(&iban(&siren)).is_some());
            assert!(identifier::phone(&phone(department, order)).is_some());
            let convention = convention(department, "ACI", 2025, order);
            assert!(identifier::convention_number(&convention).is_some());
            let annex = annex(department, "ETTI", 2025, order, 2026);
            assert!(identifier::annex_number(&annex).is_some(), "{annex}");
        }
    }
}
