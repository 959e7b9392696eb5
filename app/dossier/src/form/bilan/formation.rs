//! 5° Orientation, training and job proposals.

use form::{
    Answers, Field, Group, Hundredths, Problem, Section, Table, choices, fields, one_of, sources,
    texts,
};

use crate::{form::read::broken_in, sentence::Sentence};

/// Type of a training.
pub static TYPE: Field<String> = Field::one_of(
    "formation_realisee.trainings.type",
    "Type",
    choices![
        "language" "Langue française",
        "basics" "Savoirs de base et numérique",
        "trade" "Métier et sécurité au travail",
        "certificate" "Titre, CQP ou diplôme",
        "licence" "Permis et mobilité",
        "other" "Autre"
    ],
)
.why("Propositions d'orientation, de formation et d'emploi. Code du travail, article R. 5132-3 (5°).")
.sources(sources![AspTraining ""]);

/// Its aim.
pub static OBJECTIVE: Field<String> =
    Field::text("formation_realisee.trainings.objective", "Objectif", 200)
        .sources(sources![AspTraining ""]);

/// People.
pub static PEOPLE: Field<i64> =
    Field::integer("formation_realisee.trainings.people", "Personnes", 99_999)
        .sources(sources![AspTraining "formation_id_ctr"]);

/// Hours.
pub static HOURS: Field<Hundredths> =
    Field::decimal("formation_realisee.trainings.hours", "Heures", 99_999_999)
        .sources(sources![AspTraining "duree_heures"]);

/// Whether it leads to a certificate.
pub static CERTIFYING: Field<bool> =
    Field::yes_no("formation_realisee.trainings.certifying", "Certifiante");

/// Certificates obtained.
pub static OBTAINED: Field<i64> =
    Field::integer("formation_realisee.trainings.obtained", "Certificats obtenus", 99_999)
        .visible_when(one_of!("formation_realisee.trainings.certifying"; "oui"));

/// Immersions.
pub static PMSMP: Field<i64> =
    Field::integer("formation_realisee.pmsmp_n", "Immersions en entreprise (PMSMP)", 99_999)
        .hint("Le nombre de périodes de mise en situation en milieu professionnel (PMSMP) faites par vos salariés dans d'autres entreprises.")
        .why("Code du travail, article R. 5132-3 (5°).")
        .sources(sources![Immersion "beneficiaryCurrentEmployer.businessSiret"]);

/// Job proposals.
pub static JOB_OFFERS: Field<i64> = Field::integer(
    "formation_realisee.job_offers_n",
    "Propositions d'emploi faites aux salariés",
    99_999,
)
.why("Code du travail, article R. 5132-3 (5°).");

/// Orientation.
pub static ORIENTATION: Field<i64> =
    Field::integer("formation_realisee.orientation_n", "Propositions d'orientation", 99_999)
        .hint("Bilans, entretiens avec un partenaire, visites de métiers.")
        .why("Code du travail, article R. 5132-3 (5°).");

/// Offers given to France Travail.
pub static FT_OFFERS: Field<i64> = Field::integer(
    "formation_realisee.ft_offers_n",
    "Offres déposées auprès de France Travail",
    99_999,
)
.why("Code du travail, article R. 5132-2 (5°).")
.sources(sources![Emplois ""]);

/// The step.
pub static SECTION: Section = Section::new("formation_realisee", "Formation et emploi")
    .intro("Ce que vous avez proposé aux salariés pour la suite.")
    .groups(
        const {
            &[
                Group::new("formation_realisee.list", "Formations suivies").table(
                    Table::new("formation_realisee.trainings", "formation")
                        .columns(fields![TYPE, OBJECTIVE, PEOPLE, HOURS, CERTIFYING, OBTAINED])
                        .rows(0, 100)
                        .totals(texts!["formation_realisee.trainings.hours"]),
                ),
                Group::new("formation_realisee.proposals", "Propositions et immersions")
                    .holding(fields![PMSMP, JOB_OFFERS, ORIENTATION, FT_OFFERS]),
            ]
        },
    );

const OBTAINED_OVER: Sentence = Sentence {
    code: "formation_realisee.obtained_over",
    text: "{0} certificats obtenus pour {1} personnes formées. Corrigez l'un des deux nombres.",
};

/// Every sentence of this step's rules.
pub const SENTENCES: &[Sentence] = &[OBTAINED_OVER];

/// Not more certificates than people.
pub fn rules(answers: &Answers, problems: &mut Vec<Problem>) {
    for row in answers.added_rows("formation_realisee.trainings") {
        if let (Some(obtained), Some(people)) =
            (answers.get_in(&OBTAINED, row), answers.get_in(&PEOPLE, row))
            && OBTAINED.def.is_put(answers, row)
            && obtained > people
        {
            let values = vec![obtained.to_string(), people.to_string()];
            problems.push(broken_in(&OBTAINED, row, &OBTAINED_OVER, values));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::read::tests::table;

    #[test]
    fn not_more_certificates_than_people() {
        table(
            rules,
            &[
                ("formation_realisee.trainings+a", ""),
                ("formation_realisee.trainings.people#a", "3"),
                ("formation_realisee.trainings.obtained#a", "4"),
            ],
            &[
                (
                    &[("formation_realisee.trainings.certifying#a", "oui")],
                    &["formation_realisee.obtained_over @formation_realisee.trainings.obtained#a"],
                ),
                (&[("formation_realisee.trainings.certifying#a", "non")], &[]),
                (
                    &[
                        ("formation_realisee.trainings.certifying#a", "oui"),
                        ("formation_realisee.trainings.obtained#a", "3"),
                    ],
                    &[],
                ),
            ],
        );
    }
}
