//! What the columns of an annexe hold, beyond their names: which line, which day, which year.

use dossier::form::{
    bilan::sorties::{self, FORECAST_COLUMNS},
    budget::{self, lines::ASP_COLUMNS},
    moyens::staff::{self, STAFF_COLUMNS},
};
use form::Date;

use super::AspAnnex;

/// What a question names to be read from the columns of [`OTHERS`].
pub(super) const OTHER_NUMBERS: &str = "af_num_annexe";

/// Another convention of the same structure: its kind, and the column of its number.
pub(super) const OTHERS: &[(&str, &str)] = &[
    ("EI", "af_num_annexe_ei"),
    ("ACI", "af_num_annexe_aci"),
    ("AI", "af_num_annexe_ai"),
    ("ETTI", "af_num_annexe_etti"),
];

/// Columns about the accounts: true on the day these were closed.
pub(super) const ACCOUNTS: &[&str] = &[
    "af_agefiph",
    "af_aides_subventions_comp",
    "af_autre_aide_publique",
    "af_commune",
    "af_departement",
    "af_etat",
    "af_fondation",
    "af_fse",
    "af_intercomm",
    "af_mt_tot_masse_salariale",
    "af_origine_autre_aide_publique",
    "af_part_produits_exploit_vente_presta",
    "af_part_salaries_agrees",
    "af_plie",
    "af_region",
    "af_total_produits_exploit",
];

/// Columns about staff: true at the end of the year before the annexe.
pub(super) const STAFF: &[&str] = &[
    "af_eff_etp_trav_indep_agrees_pole_emploi_eiti_annee_prec",
    "af_eff_etp_trav_indep_avec_contrat_eiti_hors_iae_annee_prec",
    "af_eff_nb_trav_indep_agrees_pole_emploi_eiti_annee_prec",
    "af_eff_nb_trav_indep_avec_contrat_eiti_hors_iae_annee_prec",
    "af_etp_benef_en_inser_annee_prec",
    "af_etp_effectif_total_annee_prec",
    "af_etp_encadrement_tech_accomp_sociop_annee_prec",
    "af_etp_perm_acc_sociop_annee_prec",
    "af_etp_perm_encadrement_tech_sal_insertion_annee_prec",
    "af_etp_pers_agrees_pole_emploi_iae_annee_prec",
    "af_etp_presta_ext_enca_tech_accomp_sociopa_annee_prec",
    "af_etp_trava_non_salaries",
    "af_nb_benef_en_inser_annee_prec",
    "af_nb_effectif_total_annee_prec",
    "af_nb_pers_agrees_pole_emploi_iae_annee_prec",
    "af_nb_presta_ext_enca_tech_accomp_sociop_annee_prec",
    "af_nb_sal_encadrement_tech_accomp_sociop",
    "af_nb_sal_perm_acc_sociop",
    "af_nb_sal_perm_encadrement_tech_sal_insertion",
    "af_nb_trava_non_salaries",
];

/// Columns that hold only for the year of the annexe: set by decree each year.
pub(super) const OF_THE_YEAR: &[&str] =
    &["af_duree_heure_annuel_etp_valeur", "af_montant_unitaire_annuel_valeur"];

/// The column a line of a grid is read from.
pub(super) fn column_of(field: &str, line: &str) -> Option<&'static str> {
    if field == staff::N.def.id || field == staff::ETP.def.id {
        let (_, people, etp) = STAFF_COLUMNS.iter().find(|(id, ..)| *id == line)?;
        return Some(if field == staff::N.def.id { people } else { etp });
    }
    if field == sorties::FORECAST.def.id {
        let (.., column) = FORECAST_COLUMNS.iter().find(|(id, ..)| *id == line)?;
        return Some(column);
    }
    let accounts = [&budget::CHARGES_PREVIOUS, &budget::PRODUITS_PREVIOUS];
    let (_, column) = ASP_COLUMNS.iter().find(|(id, _)| *id == line)?;
    accounts.iter().any(|account| account.def.id == field).then_some(*column)
}

/// The day a column of an annexe was true.
pub(super) fn true_on(annex: &AspAnnex, column: &str) -> Option<Date> {
    if ACCOUNTS.contains(&column) {
        return annex.finance.year_end.or(annex.as_of());
    }
    if STAFF.contains(&column) {
        return Date::new(annex.start.year() - 1, 12, 31);
    }
    annex.as_of()
}
