//! What the kinds promise together.

use super::*;
use proptest::prelude::*;

fn colours() -> Kind {
    Kind::ManyOf(Cow::Borrowed(
        const {
            &[
                Choice { value: Cow::Borrowed("a"), label: Cow::Borrowed("Rouge") },
                Choice { value: Cow::Borrowed("b"), label: Cow::Borrowed("Bleu") },
            ]
        },
    ))
}

fn every_kind() -> Vec<Kind> {
    vec![
        Kind::Text { max: 80 },
        Kind::LongText { min: 5, max: 3_000 },
        Kind::Integer { min: 0, max: 99 },
        Kind::Decimal { max: 999_999 },
        Kind::Money { negative: true },
        Kind::Percent,
        Kind::Hours { min: 60, max: 2_880 },
        Kind::Date,
        Kind::Month,
        Kind::YesNo,
        colours(),
        Kind::Email,
        Kind::Phone,
        Kind::Url,
        Kind::Siret,
        Kind::Siren,
        Kind::Rna,
        Kind::Naf,
        Kind::Idcc,
        Kind::LegalCategory,
        Kind::TrainingBody,
        Kind::Vat,
        Kind::Iban,
        Kind::Bic,
        Kind::Commune,
        Kind::Communes,
        Kind::Department,
        Kind::Departments,
        Kind::Postcode,
        Kind::Rome,
        Kind::ConventionNumber,
        Kind::AnnexNumber,
        Kind::File,
        Kind::Pledge,
    ]
}

#[test]
fn spaces_of_every_kind_are_one_between_words() {
    let name = Kind::Text { max: 80 };
    for raw in [
        "Les  Jardins",
        "Les\tJardins",
        "Les\u{a0}Jardins",
        "Les\u{202f} Jardins",
        " Les Jardins\n",
    ] {
        assert_eq!(name.canonical(raw).as_deref(), Ok("Les Jardins"), "{raw:?}");
    }
    assert_eq!(name.canonical("Été à Nœux").as_deref(), Ok("Été à Nœux"));
    assert_eq!(Kind::Text { max: 3 }.canonical("été").as_deref(), Ok("été"));
    assert_eq!(Kind::Text { max: 2 }.canonical("été"), Err(Code::TooLong { max: 2 }));
    let prose = Kind::LongText { min: 3, max: 4 };
    assert_eq!(prose.canonical("éé"), Err(Code::TooShort { min: 3 }));
    assert_eq!(prose.canonical("ééé").as_deref(), Ok("ééé"));
    assert_eq!(prose.canonical("ééééé"), Err(Code::TooLong { max: 4 }));
}

#[test]
fn a_value_has_one_spelling() {
    let money = Kind::Money { negative: false };
    assert_eq!(money.canonical(" 1 234,5 ").as_deref(), Ok("1234.50"));
    assert_eq!(money.display("1234.50"), "1\u{202f}234,50\u{a0}€");
    assert_eq!(money.canonical("-1"), Err(Code::TooSmall { min: 0, decimals: 2 }));
    assert_eq!(Kind::Integer { min: 0, max: 9 }.canonical("1,5"), Err(Code::NotAWholeNumber));
    assert_eq!(colours().canonical("b, a").as_deref(), Ok("a,b"));
    assert_eq!(colours().display("a,b"), "Rouge, Bleu");
    assert_eq!(Kind::Departments.canonical("029 2a;972").as_deref(), Ok("29,2A,972"));
    assert_eq!(Kind::Hours { min: 60, max: 2_880 }.display("35:00"), "35\u{a0}h\u{a0}00");
    assert_eq!(Kind::Siret.display("73282932000074"), "732\u{202f}829\u{202f}320\u{202f}00074");
}

#[test]
fn lengths_count_characters() {
    let kind = Kind::LongText { min: 3, max: 4 };
    assert_eq!(kind.canonical("éé"), Err(Code::TooShort { min: 3 }));
    assert_eq!(kind.canonical("éééé").as_deref(), Ok("éééé"));
    assert_eq!(kind.canonical("ééééé"), Err(Code::TooLong { max: 4 }));
}

proptest! {
    #[test]
    fn canonical_text_is_a_fixed_point(text in "\\PC{0,60}") {
        for kind in every_kind() {
            if let Ok(canonical) = kind.canonical(&text) {
                prop_assert_eq!(kind.canonical(&canonical), Ok(canonical.clone()), "{:?}", kind);
                let _ = kind.display(&canonical);
            }
        }
    }

    #[test]
    fn displayed_numbers_read_back(cents in -99_999_999_999_i64..99_999_999_999) {
        let kind = Kind::Money { negative: true };
        let canonical = crate::number::canonical_scaled(cents, 2);
        prop_assert_eq!(kind.canonical(&kind.display(&canonical)), Ok(canonical));
    }
}
