//! The columns that the form names, and those that are kept.

use super::{
    super::view::View,
    columns::{ACCOUNTS, STAFF},
    *,
};
use dossier::form::bilan::BILAN;

/// What stands for several columns, or for a part of one.
const SPECIAL: &[&str] = &[
    "structure_adresse_admin",
    "structure_adresse_gestion",
    OTHER_NUMBERS,
    "af_nature_action_dla",
];

#[test]
fn every_column_the_form_names_is_known() {
    for place in CONVENTIONNEMENT.places() {
        for source in place.field.sources.iter().filter(|source| !source.key.is_empty()) {
            let view = match source.origin {
                Origin::AspStructure => View::Structure,
                Origin::AspAnnex => View::Annex,
                _ => continue,
            };
            let key = source.key.as_ref();
            let known = view.kept().contains(&key)
                || view.dropped().contains(&key)
                || SPECIAL.contains(&key);
            assert!(known, "{key} of {}", place.field.id);
        }
    }
}

#[test]
fn lines_are_of_the_form_and_columns_are_kept() {
    let kept = View::Annex.kept();
    for place in CONVENTIONNEMENT.places().chain(BILAN.places()) {
        let lines = place.table.map(|table| table.lines.as_ref()).unwrap_or_default();
        for column in lines.iter().filter_map(|line| column_of(&place.field.id, &line.id)) {
            assert!(kept.contains(&column), "{column}");
        }
    }
    for column in ACCOUNTS.iter().chain(STAFF).chain(OF_THE_YEAR) {
        assert!(kept.contains(column), "{column}");
    }
    assert_eq!(column_of("moyens.staff.n", "total"), Some("af_nb_effectif_total_annee_prec"));
    assert_eq!(column_of("moyens.staff.etp", "total"), Some("af_etp_effectif_total_annee_prec"));
    assert_eq!(column_of("budget.produits.previous", "74_region"), Some("af_region"));
    assert_eq!(column_of("budget.produits.forecast", "74_region"), None);
    assert_eq!(column_of("budget.produits.previous", "60"), None);
    let forecast = |line| column_of("sorties.exits.forecast", line);
    assert_eq!(forecast("sustainable"), Some("af_taux_prev_sorties_durable"));
    assert_eq!(forecast("transition"), Some("af_taux_prev_sorties_trans"));
    assert_eq!(forecast("positive"), Some("af_taux_prev_sorties_positives"));
    assert_eq!(forecast("other"), None);
}

#[test]
fn kept_columns_are_sorted_and_not_about_people() {
    let personal = [
        "courriel",
        "mail",
        "email",
        "prenom",
        "corresp",
        "nir",
        "naissance",
        "nationalite",
        "iban",
        "bban",
        "bic",
        "bqe",
        "banque",
    ];
    for view in [View::Structure, View::Annex] {
        assert!(view.kept().is_sorted());
        for column in view.kept() {
            assert!(!column.split('_').any(|word| personal.contains(&word)), "{column}");
            let name = column.contains("_nom_") && !column.ends_with("_nom_voie");
            assert!(!name || *column == "af_nom_dla", "{column}");
        }
    }
}

#[test]
fn a_number_without_its_modification() {
    for (text, number) in [
        ("ACI058240001A2", "ACI058240001"),
        ("AI02A210001A1", "AI02A210001"),
        ("AI02A210001", "AI02A210001"),
        ("ACI058240001A2M1", "ACI058240001A2M1"),
        ("A1", "A1"),
        ("", ""),
    ] {
        assert_eq!(annex_without_modification(text), number, "{text}");
    }
    assert_eq!(department("ACI02A190009").as_deref(), Some("02A"));
    assert_eq!(department("ACI"), None);
}
