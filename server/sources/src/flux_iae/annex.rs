//! The view `AnnexeFinanciere`: what was agreed each year, its amounts and its life.

mod columns;
mod parts;

use super::{
    value::Values,
    view::{Reason, Row},
};
use dossier::money::annex_total;
use form::{Cents, Date, Hundredths, Minutes};

pub(super) use columns::{DROPPED, KEPT, NEEDED};
pub use parts::{
    AnnexState, Cofinancing, Development, Finance, HeadCount, Measure, Objectives,
    OtherConventions, Staff, StateDates,
};

/// One annexe financière, or one avenant of it.
#[derive(Clone, Debug)]
pub struct AspAnnex {
    /// The structure, by its number at the ASP.
    pub asp_id: u64,
    /// `058 010126 ACI 00003`.
    pub convention: String,
    /// `ACI058260003`.
    pub number: String,
    /// Avenant of renewal: 0 the first year, 1 the second.
    pub renewal: u32,
    /// Avenant of modification in the year.
    pub modification: u32,
    /// Id of the annexe at the ASP, common to its avenants.
    pub annex_id: Option<u64>,
    /// Id of this avenant at the ASP: the key.
    pub amendment_id: u64,
    /// What is financed.
    pub measure: Measure,
    /// Where it is in its life.
    pub state: AnnexState,
    /// When it entered its states.
    pub state_dates: StateDates,
    /// Code of the reason of a rejection.
    pub rejection: String,
    /// Payment suspended: a flag, not a state.
    pub suspended: bool,
    /// Made as an exception.
    pub derogation: bool,
    /// Asked on.
    pub filed: Option<Date>,
    /// Signed on.
    pub signed: Option<Date>,
    /// Received by the ASP on.
    pub received: Option<Date>,
    /// First day.
    pub start: Date,
    /// Last day.
    pub end: Date,
    /// ETP of insertion.
    pub etp: Option<Hundredths>,
    /// Amount of one ETP for a year.
    pub unit: Option<Cents>,
    /// Amount of the annexe, as stored.
    pub total: Option<Cents>,
    /// Hours of one ETP in a year.
    pub hours: Option<Hundredths>,
    /// What others pay.
    pub cofinancing: Cofinancing,
    /// Staff of the year before.
    pub staff: Staff,
    /// The accounts declared.
    pub finance: Finance,
    /// What was negotiated.
    pub objectives: Objectives,
    /// Weekly hours of the structure.
    pub collective_hours: Option<Minutes>,
    /// Other conventions.
    pub other: OtherConventions,
    /// For the Fonds départemental d'insertion only.
    pub development: Option<Development>,
    /// The day of the extract.
    pub extracted: Option<Date>,
    /// Its columns, by name.
    pub row: Row,
}

impl AspAnnex {
    /// `ACI058260003A2M1`.
    pub fn full_number(&self) -> String {
        format!("{}A{}M{}", self.number, self.renewal, self.modification)
    }

    /// Months covered, the first and the last counted; 0 when it ends before it starts.
    pub fn months(&self) -> u32 {
        u32::try_from(self.start.months_through(self.end)).unwrap_or_default()
    }

    /// The day it entered its state, or else the day of the extract.
    pub fn as_of(&self) -> Option<Date> {
        let dates = &self.state_dates;
        let entered = match self.state {
            AnnexState::Draft => dates.draft,
            AnnexState::Entered => dates.entered,
            AnnexState::Rejected => dates.rejected,
            AnnexState::Provisional => dates.provisional,
            AnnexState::Valid => dates.valid,
            AnnexState::Archived => dates.archived,
            AnnexState::Cancelled => dates.cancelled,
            AnnexState::Closed => dates.closed,
            AnnexState::Unknown => None,
        };
        entered.or(self.extracted)
    }

    pub(super) fn of_row(
        row: &Row,
        extracted: Option<Date>,
    ) -> (Result<Self, Reason>, Vec<&'static str>) {
        let mut values = Values::of(row);
        match Self::read(&mut values, row, extracted) {
            Ok(annex) => {
                let unreadable = values.unreadable;
                (Ok(annex), unreadable)
            }
            Err(column) => (Err(Reason::Value { column }), Vec::new()),
        }
    }

    /// Fails with the needed column that is missing or unreadable.
    fn read(values: &mut Values, row: &Row, extracted: Option<Date>) -> Result<Self, &'static str> {
        let mut rank =
            |column| values.id(column).and_then(|rank| u32::try_from(rank).ok()).ok_or(column);
        let renewal = rank("af_numero_avenant_renouvellement")?;
        let modification = rank("af_numero_avenant_modification")?;
        let needed = |text: String, column| {
            if text.is_empty() { Err(column) } else { Ok(text) }
        };
        let number = "af_numero_annexe_financiere";
        let measure = "af_mesure_dispositif_code";
        let measure = Measure::of(&needed(values.text(measure), measure)?);
        let mut id = |column| values.id(column).filter(|id| *id > 0).ok_or(column);
        Ok(Self {
            asp_id: id("af_id_structure")?,
            amendment_id: id("af_id_avenant_modification")?,
            number: needed(values.text(number), number)?,
            start: values.date("af_date_debut_effet").ok_or("af_date_debut_effet")?,
            end: values.date("af_date_fin_effet").ok_or("af_date_fin_effet")?,
            convention: values.text("af_numero_convention"),
            annex_id: values.id("af_id_annexe_financiere"),
            renewal,
            modification,
            state: AnnexState::of(&values.text("af_etat_annexe_financiere_code")),
            state_dates: state_dates(values),
            rejection: values.text("af_motif_rejet_code"),
            suspended: values.boolean("af_indicateur_suspension").unwrap_or_default(),
            derogation: values.boolean("af_indicateur_derogation").unwrap_or_default(),
            filed: values.date("af_date_depot_dde_financement"),
            signed: values.date("af_date_signature"),
            received: values.date("af_date_reception_asp"),
            etp: values.hundredths("af_etp_postes_insertion"),
            unit: values.cents("af_montant_unitaire_annuel_valeur"),
            total: values.cents("af_montant_total_annuel"),
            hours: values.hundredths("af_duree_heure_annuel_etp_valeur"),
            cofinancing: Cofinancing {
                present: values.boolean("af_indic_cofinancement"),
                amount: values.cents("af_mt_cofinance"),
                funder: values.text("af_id_financeur_code"),
            },
            staff: staff(values),
            finance: finance(values),
            objectives: Objectives {
                exits: values.integer("af_nb_prev_sorties"),
                dynamic: values.hundredths("af_taux_prev_sorties_dynamiques"),
                lasting: values.hundredths("af_taux_prev_sorties_durable"),
                transition: values.hundredths("af_taux_prev_sorties_trans"),
                positive: values.hundredths("af_taux_prev_sorties_positives"),
            },
            collective_hours: values.minutes("af_duree_collective_hebdo"),
            other: other(values),
            development: measure.is_development().then(|| development(values)),
            measure,
            extracted,
            row: row.clone(),
        })
    }
}

/// The amount of an annexe by the formula of the ASP; `None` when it has no ETP or no unit amount.
pub fn recomputed_total(annex: &AspAnnex) -> Option<Cents> {
    Some(annex_total(annex.etp?, annex.unit?, annex.months()))
}

fn state_dates(values: &mut Values) -> StateDates {
    StateDates {
        draft: values.date("af_date_etat_brouillon"),
        entered: values.date("af_date_etat_saisie_termine"),
        rejected: values.date("af_date_etat_rejete"),
        provisional: values.date("af_date_etat_provisoire"),
        valid: values.date("af_date_etat_valide"),
        archived: values.date("af_date_etat_historise"),
        cancellation_asked: values.date("af_date_etat_dde_annulation"),
        cancelled: values.date("af_date_etat_annule"),
        closed: values.date("af_date_etat_cloture"),
    }
}

fn staff(values: &mut Values) -> Staff {
    let mut count =
        |people, etp| HeadCount { people: values.integer(people), etp: values.hundredths(etp) };
    Staff {
        total: count("af_nb_effectif_total_annee_prec", "af_etp_effectif_total_annee_prec"),
        insertion: count(
            "af_nb_pers_agrees_pole_emploi_iae_annee_prec",
            "af_etp_pers_agrees_pole_emploi_iae_annee_prec",
        ),
        helped: count("af_nb_benef_en_inser_annee_prec", "af_etp_benef_en_inser_annee_prec"),
        supervision: count(
            "af_nb_sal_encadrement_tech_accomp_sociop",
            "af_etp_encadrement_tech_accomp_sociop_annee_prec",
        ),
        technical: count(
            "af_nb_sal_perm_encadrement_tech_sal_insertion",
            "af_etp_perm_encadrement_tech_sal_insertion_annee_prec",
        ),
        social: count("af_nb_sal_perm_acc_sociop", "af_etp_perm_acc_sociop_annee_prec"),
        unsalaried: count("af_nb_trava_non_salaries", "af_etp_trava_non_salaries"),
        external: count(
            "af_nb_presta_ext_enca_tech_accomp_sociop_annee_prec",
            "af_etp_presta_ext_enca_tech_accomp_sociopa_annee_prec",
        ),
        eiti_accredited: count(
            "af_eff_nb_trav_indep_agrees_pole_emploi_eiti_annee_prec",
            "af_eff_etp_trav_indep_agrees_pole_emploi_eiti_annee_prec",
        ),
        eiti_other: count(
            "af_eff_nb_trav_indep_avec_contrat_eiti_hors_iae_annee_prec",
            "af_eff_etp_trav_indep_avec_contrat_eiti_hors_iae_annee_prec",
        ),
    }
}

fn finance(values: &mut Values) -> Finance {
    Finance {
        payroll: values.cents("af_mt_tot_masse_salariale"),
        insertion_payroll: values.cents("af_part_salaries_agrees"),
        income: values.cents("af_total_produits_exploit"),
        sales: values.cents("af_part_produits_exploit_vente_presta"),
        grants: values.cents("af_aides_subventions_comp"),
        year_end: values.date("af_date_cloture_exercice"),
        commune: values.cents("af_commune"),
        intercommunal: values.cents("af_intercomm"),
        department: values.cents("af_departement"),
        region: values.cents("af_region"),
        state: values.cents("af_etat"),
        fse: values.cents("af_fse"),
        plie: values.cents("af_plie"),
        agefiph: values.cents("af_agefiph"),
        other_public: values.cents("af_autre_aide_publique"),
        other_public_from: values.text("af_origine_autre_aide_publique"),
        foundation: values.cents("af_fondation"),
    }
}

fn other(values: &mut Values) -> OtherConventions {
    OtherConventions {
        previous: values.text("af_prec_conv_cadre_connu"),
        any: values.boolean("af_autre_conventionnement"),
        ei: values.text("af_num_annexe_ei"),
        aci: values.text("af_num_annexe_aci"),
        ai: values.text("af_num_annexe_ai"),
        etti: values.text("af_num_annexe_etti"),
        chrs: values.boolean("af_indic_chrs"),
        training_body: values.boolean("af_indic_organisme_formation"),
        outside: values.boolean("af_indic_autre_conv_hors_iae"),
        outside_text: values.text("af_autre_conv_hors_iae"),
        personal_services: values.boolean("af_indic_service_personnes"),
        declared: values.boolean("af_indic_declaration"),
        quality: values.boolean("af_indic_agrement_qualite"),
        regional: values.boolean("af_indic_portee_regionale"),
    }
}

fn development(values: &mut Values) -> Development {
    Development {
        total: values.cents("af_mt_total_aide"),
        advance: values.cents("af_mt_total_avance"),
        advance_percent: values.hundredths("af_pourcentage_avance"),
        action: values.text("af_nature_action_code"),
        description: values.text("af_description_action"),
    }
}
