//! The lines of the budget, the same in the dossier and in the yearly report.

use form::{Line, texts};

/// The line of charges that balances a profit.
pub const SURPLUS: &str = "surplus";
/// The line of produits that balances a loss.
pub const DEFICIT: &str = "deficit";
/// The line of other public aid, whose origin is asked.
pub const OTHER_AID: &str = "74_other";

/// Charges, accounts 60 to 69 and 86.
pub const CHARGES: &[Line] = &[
    Line::new("60", "60 Achats"),
    Line::new("61", "61 Services extérieurs"),
    Line::new("62", "62 Autres services extérieurs"),
    Line::new("63", "63 Impôts et taxes"),
    Line::new("64", "64 Charges de personnel"),
    Line::new("64_insertion", "Dont salariés en insertion").detail(),
    Line::new("65", "65 Autres charges de gestion"),
    Line::new("66", "66 Charges financières"),
    Line::new("67", "67 Charges exceptionnelles"),
    Line::new("68", "68 Dotations"),
    Line::new("69", "69 Impôt sur les bénéfices"),
    Line::computed(
        "charges_total",
        "Charges de l'exercice",
        texts!["60", "61", "62", "63", "64", "65", "66", "67", "68", "69"],
    ),
    Line::new("86", "86 Contributions volontaires (bénévolat, prêts, dons en nature)"),
    Line::new(SURPLUS, "Excédent"),
    Line::computed(
        "total",
        "Total des charges",
        texts!["60", "61", "62", "63", "64", "65", "66", "67", "68", "69", "86", "surplus"],
    ),
];

/// Produits, accounts 70 to 79 and 87.
pub const PRODUITS: &[Line] = &[
    Line::new("70", "70 Ventes et prestations"),
    Line::new("73", "73 Concours publics"),
    Line::computed(
        "74",
        "74 Subventions et aides",
        texts![
            "74_state_base",
            "74_state_modulated",
            "74_state_other",
            "74_departement",
            "74_region",
            "74_epci",
            "74_commune",
            "74_fse",
            "74_plie",
            "74_agefiph",
            "74_fdi",
            "74_other"
        ],
    ),
    Line::new("74_state_base", "État : aide au poste, montant socle").detail(),
    Line::new("74_state_modulated", "État : aide au poste, part modulée").detail(),
    Line::new("74_state_other", "État : autres aides").detail(),
    Line::new("74_departement", "Département").detail(),
    Line::new("74_region", "Région").detail(),
    Line::new("74_epci", "Intercommunalité").detail(),
    Line::new("74_commune", "Commune").detail(),
    Line::new("74_fse", "Fonds social européen (FSE+)").detail(),
    Line::new("74_plie", "Plan local pour l'insertion et l'emploi (PLIE)").detail(),
    Line::new("74_agefiph", "Agefiph").detail(),
    Line::new("74_fdi", "Fonds départemental d'insertion (FDI)").detail(),
    Line::new(OTHER_AID, "Autre aide publique").detail(),
    Line::new("75", "75 Autres produits (cotisations, dons, mécénat)"),
    Line::new("76", "76 Produits financiers"),
    Line::new("77", "77 Produits exceptionnels"),
    Line::new("78", "78 Reprises"),
    Line::new("79", "79 Transferts de charges"),
    Line::computed(
        "produits_total",
        "Produits de l'exercice",
        texts![
            "70",
            "73",
            "74_state_base",
            "74_state_modulated",
            "74_state_other",
            "74_departement",
            "74_region",
            "74_epci",
            "74_commune",
            "74_fse",
            "74_plie",
            "74_agefiph",
            "74_fdi",
            "74_other",
            "75",
            "76",
            "77",
            "78",
            "79"
        ],
    ),
    Line::new("87", "87 Contributions volontaires (bénévolat, prêts, dons en nature)"),
    Line::new(DEFICIT, "Déficit"),
    Line::computed(
        "total",
        "Total des produits",
        texts![
            "70",
            "73",
            "74_state_base",
            "74_state_modulated",
            "74_state_other",
            "74_departement",
            "74_region",
            "74_epci",
            "74_commune",
            "74_fse",
            "74_plie",
            "74_agefiph",
            "74_fdi",
            "74_other",
            "75",
            "76",
            "77",
            "78",
            "79",
            "87",
            "deficit"
        ],
    ),
];

/// Where the annexe of the ASP holds lines of last year: line, column.
pub const ASP_COLUMNS: &[(&str, &str)] = &[
    ("64", "af_mt_tot_masse_salariale"),
    ("64_insertion", "af_part_salaries_agrees"),
    ("70", "af_part_produits_exploit_vente_presta"),
    ("74_state_other", "af_etat"),
    ("74_departement", "af_departement"),
    ("74_region", "af_region"),
    ("74_epci", "af_intercomm"),
    ("74_commune", "af_commune"),
    ("74_fse", "af_fse"),
    ("74_plie", "af_plie"),
    ("74_agefiph", "af_agefiph"),
    ("74_other", "af_autre_aide_publique"),
    ("75", "af_fondation"),
];

/// The lines that make the total of a grid: those that its last line adds up.
pub fn counted(grid: &'static [Line]) -> impl Iterator<Item = &'static str> {
    grid.last().into_iter().flat_map(|total| total.sum.iter().map(AsRef::as_ref))
}

/// The lines of account 74.
pub fn subsidies() -> impl Iterator<Item = &'static str> {
    let account = PRODUITS.iter().find(|line| line.id == "74");
    account.into_iter().flat_map(|line| line.sum.iter().map(AsRef::as_ref))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn totals_add_up_every_line_once() {
        for (grid, left_out) in [(CHARGES, vec!["64_insertion"]), (PRODUITS, vec![])] {
            let total: Vec<&str> = counted(grid).collect();
            let expected: Vec<&str> = grid
                .iter()
                .filter(|line| !line.is_computed())
                .map(|line| line.id.as_ref())
                .filter(|id| !left_out.contains(id))
                .collect();
            assert_eq!(total, expected);
        }
    }

    #[test]
    fn computed_and_imported_lines_exist() {
        for grid in [CHARGES, PRODUITS] {
            let known = |id: &str| grid.iter().any(|line| line.id == id && !line.is_computed());
            for line in grid {
                assert!(line.sum.iter().all(|part| known(part)), "{}", line.id);
            }
        }
        let known = |id: &str| CHARGES.iter().chain(PRODUITS).any(|line| line.id == id);
        assert!(ASP_COLUMNS.iter().all(|(line, _)| known(line)));
        assert_eq!(subsidies().count(), 12);
    }
}
