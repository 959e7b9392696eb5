//! The ETP asked for, and who pays beside the State.

use form::{
    Answers, Carry, Cents, Field, Group, Hundredths, Problem, fields, number, one_of, sources,
};

use super::aid::total_amount;
use crate::{
    form::{
        asked::{FOR_ACI, IN_1RA, IN_1RAM, IN_RA, IN_RAM},
        publics,
        read::{broken, put, want},
    },
    sentence::Sentence,
};

/// ETP asked for.
pub static ETP_REQUESTED: Field<Hundredths> = Field::decimal(
    "moyens.etp_requested",
    "ETP d'insertion demandés",
    999_999,
)
.unit("ETP")
.hint("Un ETP est l'équivalent d'un salarié en insertion à temps plein pendant un an.")
.why("La convention fixe le nombre de postes d'insertion. Code du travail, article R. 5132-2 (3°).")
.asked(IN_1RAM)
.carry(Carry::Beside)
.sources(sources![AspAnnex "af_etp_postes_insertion"]);

/// ETP of the annexe in force.
pub static ETP_CURRENT: Field<Hundredths> =
    Field::decimal("moyens.etp_current", "ETP conventionnés en cours", 999_999)
        .unit("ETP")
        .hint("Ceux de votre annexe financière en cours.")
        .why("Ils servent à mesurer l'écart avec votre demande.")
        .asked(IN_RAM)
        .carry(Carry::Fixed)
        .sources(sources![AspAnnex "af_etp_postes_insertion"]);

/// ETP realised last year.
pub static ETP_REALIZED_PREV: Field<Hundredths> =
    Field::decimal("moyens.etp_realized_prev", "ETP réalisés l'année passée", 999_999)
        .unit("ETP")
        .hint("Les heures de l'année divisées par la base horaire d'un ETP.")
        .why("Ils montrent si les postes de l'an dernier ont été occupés.")
        .asked(IN_RA)
        .carry(Carry::Fixed)
        .sources(sources![AspMonthly "emi_nb_heures_travail"]);

/// Why the number changes.
pub static ETP_CHANGE_REASON: Field<String> =
    Field::long_text("moyens.etp_change_reason", "Pourquoi cet écart ?", 1_500)
        .hint("Obligatoire au-delà de 1 ETP ou de 5 % d'écart avec les ETP en cours. Deux ou trois phrases suffisent.")
        .asked(IN_RAM)
        .optional();

/// Hours of one ETP in a year.
pub static HOURS_REFERENCE: Field<i64> =
    Field::integer_from("moyens.hours_reference", "Base horaire annuelle", 1, 3_000)
        .unit("heures")
        .hint("Le nombre d'heures d'un ETP sur un an, fixé pour chaque type de structure.")
        .asked(IN_1RAM)
        .optional()
        .fixed()
        .carry(Carry::Fixed)
        .sources(sources![AspAnnex "af_duree_heure_annuel_etp_valeur", Computed "HOURS"]);

/// Aid for one ETP and one year.
pub static UNIT_AMOUNT: Field<Cents> =
    Field::money("moyens.unit_amount", "Montant socle pour un ETP")
        .hint("Fixé chaque année par arrêté pour chaque type de structure.")
        .asked(IN_1RAM)
        .optional()
        .fixed()
        .carry(Carry::Fixed)
        .sources(sources![AspAnnex "af_montant_unitaire_annuel_valeur", Computed "PUBLISHED"]);

/// Whether the conseil départemental pays a part.
pub static COFINANCING: Field<bool> =
    Field::yes_no("moyens.cofinancing", "Le conseil départemental finance-t-il une part des postes ?")
        .hint("Il peut payer une part de l'aide pour les personnes au RSA.")
        .why("Une convention annuelle d'objectifs et de moyens (CAOM) fixe cette part. Code du travail, article L. 5132-3-1.")
        .asked(IN_1RAM)
        .required_when(FOR_ACI)
        .carry(Carry::Beside)
        .sources(sources![AspAnnex "af_indic_cofinancement"]);

const COFINANCED: form::Cond = one_of!("moyens.cofinancing"; "oui");

/// How much.
pub static COFINANCING_AMOUNT: Field<Cents> =
    Field::money("moyens.cofinancing_amount", "Montant du cofinancement")
        .hint(
            "Le montant annoncé par le conseil départemental pour la première année de la période.",
        )
        .asked(IN_1RAM)
        .visible_when(COFINANCED)
        .carry(Carry::Beside)
        .sources(sources![AspAnnex "af_mt_cofinance"]);

/// By whom.
pub static COFINANCING_FUNDER: Field<String> =
    Field::text("moyens.cofinancing_funder", "Nom du financeur", 120)
        .hint("Par exemple « conseil départemental de la Nièvre ».")
        .asked(IN_1RAM)
        .visible_when(COFINANCED)
        .carry(Carry::Beside)
        .sources(sources![AspAnnex "af_id_financeur_code"]);

/// For how many people.
pub static COFINANCED_BRSA: Field<i64> =
    Field::integer("moyens.cofinanced_brsa_count", "Personnes au RSA financées chaque mois", 99_999)
        .unit("personnes")
        .hint("Le nombre moyen de personnes dont le conseil départemental finance le poste.")
        .why("L'aide du département est de 88 % du RSA d'une personne seule, par mois et par personne. Décret du 27 juin 2014.")
        .asked(IN_1RAM)
        .visible_when(COFINANCED)
        .carry(Carry::Beside)
        .sources(sources![Computed "af_mt_cofinance"]);

/// Whether an exception is asked for.
pub static DEROGATION: Field<bool> =
    Field::yes_no("moyens.derogation", "Demandez-vous une dérogation ?")
        .hint("Une exception aux règles habituelles. La DDETS peut vous dire si elle est possible.")
        .asked(IN_1RA)
        .optional()
        .sources(sources![AspAnnex "af_indicateur_derogation"]);

/// Which one.
pub static DEROGATION_REASON: Field<String> =
    Field::long_text("moyens.derogation_reason", "Laquelle, et pourquoi", 1_000)
        .asked(IN_1RA)
        .visible_when(one_of!("moyens.derogation"; "oui"));

/// The request.
pub const REQUEST: Group = Group::new("moyens.request", "ETP demandés")
    .intro("L'aide au poste se calcule à partir de ce nombre.")
    .holding(fields![
        ETP_CURRENT,
        ETP_REALIZED_PREV,
        HOURS_REFERENCE,
        UNIT_AMOUNT,
        ETP_REQUESTED,
        ETP_CHANGE_REASON
    ]);

/// The part of the conseil départemental.
pub const COFINANCING_GROUP: Group =
    Group::new("moyens.departement", "Part du conseil départemental").holding(fields![
        COFINANCING,
        COFINANCING_AMOUNT,
        COFINANCING_FUNDER,
        COFINANCED_BRSA
    ]);

/// Exceptions.
pub const DEROGATION_GROUP: Group = Group::new("moyens.exception", "Dérogation")
    .when(IN_1RA)
    .holding(fields![DEROGATION, DEROGATION_REASON]);

/// Beyond this gap in percent, a reason is wanted.
const GAP_PERCENT: i64 = 5;
/// Beyond this gap in hundredths of an ETP, a reason is wanted.
const GAP_ETP: i64 = 100;
/// Beyond this many times the ETP in force, the request is surprising.
const MANY_TIMES: i64 = 3;

/// Whether the gap with the ETP in force needs a reason.
pub fn needs_reason(current: Hundredths, requested: Hundredths) -> bool {
    let gap = (requested.0 - current.0).abs();
    gap > GAP_ETP || gap * 100 > current.0 * GAP_PERCENT
}

const ETP_ZERO: Sentence = Sentence {
    code: "moyens.etp_zero",
    text: "Vous demandez 0 ETP. Écrivez le nombre d'ETP d'insertion que vous souhaitez.",
};
const ETP_MANY_TIMES: Sentence = Sentence {
    code: "moyens.etp_many_times",
    text: "Vous demandez {0} ETP, plus de trois fois les {1} ETP en cours. Vérifiez le nombre, ou expliquez bien l'écart.",
};
const COFINANCING_OVER: Sentence = Sentence {
    code: "moyens.cofinancing_over",
    text: "Le cofinancement ({0}) dépasse l'aide calculée ({1}). Corrigez le montant du cofinancement.",
};
const BRSA_OVER: Sentence = Sentence {
    code: "moyens.brsa_over",
    text: "{0} personnes au RSA financées chaque mois, pour {1} personnes au RSA accueillies dans l'année. Vérifiez les deux nombres.",
};

/// Every sentence about the request.
pub const SENTENCES: &[Sentence] = &[ETP_ZERO, ETP_MANY_TIMES, COFINANCING_OVER, BRSA_OVER];

/// The request is more than nothing, explained when it moves, and paid once.
pub fn rules(answers: &Answers, problems: &mut Vec<Problem>) {
    let requested = answers.get(&ETP_REQUESTED);
    if requested == Some(Hundredths(0)) {
        problems.push(broken(&ETP_REQUESTED, &ETP_ZERO, vec![]));
    }
    if let (Some(requested), Some(current)) = (requested, answers.get(&ETP_CURRENT))
        && ETP_CURRENT.def.is_put(answers, "")
    {
        if needs_reason(current, requested) {
            want(answers, &ETP_CHANGE_REASON, "", problems);
        }
        if current.0 > 0 && requested.0 > current.0 * MANY_TIMES {
            let values = vec![number::etp(requested.0), number::etp(current.0)];
            let problem = broken(&ETP_REQUESTED, &ETP_MANY_TIMES, values);
            problems.push(problem.as_warning());
        }
    }
    if let (Some(part), Some(total)) = (answers.get(&COFINANCING_AMOUNT), total_amount(answers))
        && COFINANCING_AMOUNT.def.is_put(answers, "")
        && part > total
    {
        let values = vec![number::euros(part.0), number::euros(total.0)];
        problems.push(broken(&COFINANCING_AMOUNT, &COFINANCING_OVER, values));
    }
    let welcomed = put(answers, &publics::BRSA_INCREASED)
        .zip(put(answers, &publics::BRSA_PLAIN))
        .map(|(increased, plain)| increased + plain);
    if let (Some(financed), Some(welcomed)) = (answers.get(&COFINANCED_BRSA), welcomed)
        && COFINANCED_BRSA.def.is_put(answers, "")
        && financed > welcomed
    {
        let values = vec![financed.to_string(), welcomed.to_string()];
        problems.push(broken(&COFINANCED_BRSA, &BRSA_OVER, values).as_warning());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::read::tests::table;

    const ANNUAL: &[(&str, &str)] = &[
        ("demande.request_kind", "annual"),
        ("demande.siae_kind", "ACI"),
        ("demande.department", "58"),
        ("demande.period_start", "01/01/2027"),
        ("demande.period_end", "31/12/2027"),
        ("moyens.etp_requested", "14,20"),
    ];

    #[test]
    fn a_gap_is_explained_beyond_five_percent_or_one_etp() {
        for (current, requested, needed) in [
            (1_000, 1_050, false),
            (1_000, 1_051, true),
            (1_000, 949, true),
            (4_000, 4_100, false),
            (4_000, 4_101, true),
            (0, 50, true),
            (1_000, 1_000, false),
        ] {
            let found = needs_reason(Hundredths(current), Hundredths(requested));
            assert_eq!(found, needed, "{current} to {requested}");
        }
    }

    #[test]
    fn the_request_is_explained_and_paid_once() {
        let missing = "missing @moyens.etp_change_reason";
        table(
            rules,
            ANNUAL,
            &[
                (&[], &[]),
                (&[("moyens.etp_requested", "0")], &["moyens.etp_zero @moyens.etp_requested"]),
                (&[("moyens.etp_current", "12")], &[missing]),
                (&[("moyens.etp_current", "12"), ("moyens.etp_change_reason", "Un marché.")], &[]),
                (&[("moyens.etp_current", "12"), ("demande.request_kind", "first")], &[]),
                (
                    &[("moyens.etp_current", "4")],
                    &[missing, "? moyens.etp_many_times @moyens.etp_requested"],
                ),
                (&[("moyens.cofinancing_amount", "400000")], &[]),
                (
                    &[("moyens.cofinancing", "oui"), ("moyens.cofinancing_amount", "339678,21")],
                    &["moyens.cofinancing_over @moyens.cofinancing_amount"],
                ),
                (&[("moyens.cofinancing", "oui"), ("moyens.cofinancing_amount", "339678,20")], &[]),
                (
                    &[
                        ("moyens.cofinancing", "oui"),
                        ("moyens.cofinanced_brsa_count", "9"),
                        ("publics.n_brsa_increased", "3"),
                        ("publics.n_brsa_plain", "5"),
                    ],
                    &["? moyens.brsa_over @moyens.cofinanced_brsa_count"],
                ),
                (
                    &[
                        ("moyens.cofinancing", "oui"),
                        ("moyens.cofinanced_brsa_count", "8"),
                        ("publics.n_brsa_increased", "3"),
                        ("publics.n_brsa_plain", "5"),
                    ],
                    &[],
                ),
                (
                    &[
                        ("moyens.cofinancing", "oui"),
                        ("moyens.cofinanced_brsa_count", "9"),
                        ("publics.n_brsa_plain", "5"),
                    ],
                    &[],
                ),
                (
                    &[
                        ("demande.request_kind", "first"),
                        ("moyens.cofinancing", "oui"),
                        ("moyens.cofinanced_brsa_count", "9"),
                        ("publics.n_brsa_increased", "3"),
                        ("publics.n_brsa_plain", "5"),
                    ],
                    &[],
                ),
            ],
        );
    }
}
