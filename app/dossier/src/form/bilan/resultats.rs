//! ETP realised against the annexe, and the objectives of the year.

use form::{
    Answers, Carry, Field, Group, Hundredths, Problem, Section, Table, choices, fields, sources,
};

use crate::{
    form::{objectifs::AXES, read::want},
    money,
};

/// ETP of the annexe.
pub static FTE_AGREED: Field<Hundredths> =
    Field::decimal("resultats.fte_agreed", "ETP conventionnés", 999_999)
        .unit("ETP")
        .hint("Ceux de l'annexe financière, comptés au prorata des mois couverts.")
        .carry(Carry::Fixed)
        .sources(sources![AspAnnex "af_etp_postes_insertion"]);

/// ETP realised.
pub static FTE_REALISED: Field<Hundredths> =
    Field::decimal("resultats.fte_realised", "ETP réalisés", 999_999)
        .unit("ETP")
        .hint("Les heures de l'année divisées par la base horaire d'un ETP.")
        .sources(sources![AspMonthly "emi_nb_heures_travail"]);

/// Why both differ.
pub static GAP_REASON: Field<Vec<String>> = Field::many_of(
    "resultats.gap_reason",
    "Raisons de l'écart",
    choices![
        "recruitment" "Recrutement difficile",
        "market" "Marché ou commandes",
        "supervision" "Encadrement absent ou vacant",
        "absences" "Absences des salariés",
        "weather" "Intempéries",
        "other" "Autre"
    ],
)
.hint("Obligatoire si vous avez réalisé moins de 95 % ou plus de 105 % des ETP conventionnés.")
.optional();

/// In words.
pub static GAP_DETAIL: Field<String> =
    Field::long_text("resultats.gap_reason_detail", "En quelques mots", 1_000)
        .visible_when(form::filled!("resultats.gap_reason"))
        .hint("Deux ou trois phrases suffisent.");

/// Axis of an objective.
pub static REVIEW_AXIS: Field<String> = Field::one_of("resultats.axis_review.axis", "Axe", AXES)
    .carry(Carry::Fixed)
    .sources(sources![LastYear "objectifs.qualitative_objectives.axis"]);

/// The objective.
pub static REVIEW_OBJECTIVE: Field<String> =
    Field::text("resultats.axis_review.objective", "Objectif", 200)
        .carry(Carry::Fixed)
        .sources(sources![LastYear "objectifs.qualitative_objectives.objective"]);

/// What was done.
pub static REVIEW_DONE: Field<String> =
    Field::long_text("resultats.axis_review.realized", "Ce qui a été fait", 1_000)
        .why("Chaque objectif négocié est revu à la fin de l'année. Circulaire DGEFP 2008-21 du 10 décembre 2008.");

/// Whether it is reached.
pub static REVIEW_REACHED: Field<String> = Field::one_of(
    "resultats.axis_review.reached",
    "Atteint",
    choices!["yes" "Oui", "partly" "En partie", "no" "Non"],
);

/// The step.
pub static SECTION: Section = Section::new("resultats", "Résultats de l'année")
    .intro("Les ETP occupés et les objectifs que vous vous étiez fixés.")
    .groups(
        const {
            &[
                Group::new("resultats.fte", "ETP de l'année").holding(fields![
                    FTE_AGREED,
                    FTE_REALISED,
                    GAP_REASON,
                    GAP_DETAIL
                ]),
                Group::new("resultats.objectives", "Objectifs par axe")
                    .intro("Une ligne par objectif négocié.")
                    .table(
                        Table::new("resultats.axis_review", "objectif")
                            .columns(fields![
                                REVIEW_AXIS,
                                REVIEW_OBJECTIVE,
                                REVIEW_DONE,
                                REVIEW_REACHED
                            ])
                            .rows(1, 40),
                    ),
            ]
        },
    );

/// From this rate to the next one, in hundredths of a percent, the realisation is as agreed.
const CONFORM: std::ops::RangeInclusive<i64> = 9_500..=10_500;

/// ETP realised as a percentage of those agreed; may exceed 100.
pub fn realisation_rate(answers: &Answers) -> Option<Hundredths> {
    money::percentage(answers.get(&FTE_REALISED)?.0, answers.get(&FTE_AGREED)?.0)
}

/// A realisation that is not as agreed has reasons.
pub fn rules(answers: &Answers, problems: &mut Vec<Problem>) {
    if realisation_rate(answers).is_some_and(|rate| !CONFORM.contains(&rate.0)) {
        want(answers, &GAP_REASON, "", problems);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::read::tests::table;

    #[test]
    fn a_gap_has_reasons() {
        let missing: &[&str] = &["missing @resultats.gap_reason"];
        table(
            rules,
            &[("resultats.fte_agreed", "10")],
            &[
                (&[("resultats.fte_realised", "9,5")], &[]),
                (&[("resultats.fte_realised", "10,5")], &[]),
                (&[("resultats.fte_realised", "9,49")], missing),
                (&[("resultats.fte_realised", "10,51")], missing),
                (&[("resultats.fte_realised", "9"), ("resultats.gap_reason", "market")], &[]),
                (&[("resultats.fte_agreed", "0"), ("resultats.fte_realised", "9")], &[]),
            ],
        );
    }
}
