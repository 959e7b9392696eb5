//! 3° and 4° Individual support, brakes, social actions.

use form::{
    Answers, Field, Group, Hundredths, Problem, Section, Table, choices, fields, number, sources,
};

use super::publics;
use crate::{
    form::{
        projet::accompagnement::BRAKE_LINES,
        read::{broken, broken_in, units},
    },
    sentence::Sentence,
};

/// People followed.
pub static FOLLOWED: Field<i64> =
    Field::integer("accompagnement_realise.followed_n", "Salariés suivis individuellement", 99_999)
        .unit("personnes")
        .why("Nature, objet et durée du suivi individuel. Code du travail, article R. 5132-3 (3°).")
        .sources(sources![AspSupport ""]);

/// Interviews.
pub static INTERVIEWS: Field<i64> =
    Field::integer("accompagnement_realise.interviews_n", "Entretiens individuels", 999_999)
        .why("Code du travail, article R. 5132-3 (3°).");

/// Hours of interviews.
pub static INTERVIEW_HOURS: Field<Hundredths> =
    Field::decimal("accompagnement_realise.interview_hours", "Heures d'entretien", 99_999_999)
        .unit("heures")
        .why("Code du travail, article R. 5132-3 (3°).");

/// A collective action.
pub static COLLECTIVE_PURPOSE: Field<String> =
    Field::text("accompagnement_realise.collective_actions.purpose", "Objet", 200);

/// Its hours.
pub static COLLECTIVE_HOURS: Field<Hundredths> =
    Field::decimal("accompagnement_realise.collective_actions.hours", "Heures", 9_999_999);

/// Its people.
pub static COLLECTIVE_PEOPLE: Field<i64> =
    Field::integer("accompagnement_realise.collective_actions.people", "Personnes", 99_999);

/// People with a brake.
pub static CONCERNED: Field<i64> =
    Field::integer("accompagnement_realise.barriers.concerned", "Concernés", 99_999)
        .optional()
        .why("Code du travail, article R. 5132-3 (3°).")
        .sources(sources![AspSupport "acc_dif_nb_sal_conc"]);

/// Helped by the structure.
pub static INTERNAL: Field<i64> =
    Field::integer("accompagnement_realise.barriers.internal", "Aidés par vous", 99_999)
        .optional()
        .sources(sources![AspSupport "acc_dif_nb_sal_int"]);

/// Helped by partners.
pub static EXTERNAL: Field<i64> =
    Field::integer("accompagnement_realise.barriers.external", "Aidés par un partenaire", 99_999)
        .optional()
        .sources(sources![AspSupport "acc_dif_nb_sal_ext"]);

/// Helped by both.
pub static BOTH: Field<i64> =
    Field::integer("accompagnement_realise.barriers.both", "Aidés par les deux", 99_999)
        .optional()
        .sources(sources![AspSupport "acc_dif_nb_sal_int_ext"]);

/// Domain of a social action.
pub static SOCIAL_DOMAIN: Field<String> = Field::one_of(
    "accompagnement_realise.social_actions.domain",
    "Domaine",
    choices![
        "rights" "Accès aux droits",
        "housing" "Logement et hébergement",
        "health" "Santé",
        "mobility" "Mobilité",
        "language" "Langue et savoirs de base",
        "debt" "Budget et dettes",
        "justice" "Justice",
        "family" "Famille et garde d'enfants",
        "other" "Autre"
    ],
)
.why("Actions sociales proposées. Code du travail, article R. 5132-3 (4°).");

/// With whom.
pub static SOCIAL_PARTNER: Field<String> =
    Field::text("accompagnement_realise.social_actions.partner", "Partenaire", 120).optional();

/// For how many.
pub static SOCIAL_PEOPLE: Field<i64> =
    Field::integer("accompagnement_realise.social_actions.people", "Personnes", 99_999);

/// What came of it.
pub static SOCIAL_OUTCOME: Field<String> =
    Field::text("accompagnement_realise.social_actions.outcome", "Suites", 200);

/// The step.
pub static SECTION: Section =
    Section::new("accompagnement_realise", "Accompagnement")
        .intro("Le suivi des salariés et les difficultés traitées pendant l'année.")
        .groups(
            const {
                &[
                    Group::new("accompagnement_realise.individual", "Suivi individuel")
                        .holding(fields![FOLLOWED, INTERVIEWS, INTERVIEW_HOURS]),
                    Group::new("accompagnement_realise.together", "Actions collectives").table(
                        Table::new("accompagnement_realise.collective_actions", "action")
                            .columns(fields![
                                COLLECTIVE_PURPOSE,
                                COLLECTIVE_HOURS,
                                COLLECTIVE_PEOPLE
                            ])
                            .rows(0, 60),
                    ),
                    Group::new("accompagnement_realise.difficulties", "Difficultés traitées")
                        .intro("Chaque personne aidée compte dans une seule des trois dernières colonnes. Laissez vide ce qui ne vous concerne pas.")
                        .table(
                            Table::new("accompagnement_realise.barriers", "difficulté")
                                .columns(fields![CONCERNED, INTERNAL, EXTERNAL, BOTH])
                                .lines(BRAKE_LINES),
                        ),
                    Group::new("accompagnement_realise.social", "Actions sociales proposées")
                        .table(
                            Table::new("accompagnement_realise.social_actions", "action")
                                .columns(fields![
                                    SOCIAL_DOMAIN,
                                    SOCIAL_PARTNER,
                                    SOCIAL_PEOPLE,
                                    SOCIAL_OUTCOME
                                ])
                                .rows(0, 60),
                        ),
                ]
            },
        );

const FOLLOWED_OVER: Sentence = Sentence {
    code: "accompagnement_realise.followed_over",
    text: "{0} salariés suivis, pour {1} salariés en parcours dans l'année. Corrigez l'un des deux nombres.",
};
const TREATED_OVER: Sentence = Sentence {
    code: "accompagnement_realise.treated_over",
    text: "« {0} » : {1} personnes aidées, pour {2} personnes concernées. Corrigez l'un des deux nombres.",
};

/// Every sentence of this step's rules.
pub const SENTENCES: &[Sentence] = &[FOLLOWED_OVER, TREATED_OVER];

/// People followed are among the people of the year; people helped among those concerned.
pub fn rules(answers: &Answers, problems: &mut Vec<Problem>) {
    if let (Some(followed), Some(people)) = (answers.get(&FOLLOWED), answers.get(&publics::PEOPLE))
        && followed > people
    {
        let values = [followed, people].map(|n| number::display_scaled(n, 0)).to_vec();
        problems.push(broken(&FOLLOWED, &FOLLOWED_OVER, values));
    }
    for line in BRAKE_LINES {
        let of = |column| units(answers, column, &line.id).unwrap_or(0);
        let treated = of(&INTERNAL) + of(&EXTERNAL) + of(&BOTH);
        if treated > of(&CONCERNED) {
            let values =
                vec![line.label.to_string(), treated.to_string(), of(&CONCERNED).to_string()];
            problems.push(broken_in(&CONCERNED, &line.id, &TREATED_OVER, values));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::read::tests::table;

    #[test]
    fn people_helped_are_among_those_concerned() {
        table(
            rules,
            &[
                ("publics_realises.people_n", "30"),
                ("accompagnement_realise.barriers.internal#health", "2"),
                ("accompagnement_realise.barriers.both#health", "1"),
            ],
            &[
                (&[("accompagnement_realise.barriers.concerned#health", "3")], &[]),
                (
                    &[("accompagnement_realise.barriers.concerned#health", "2")],
                    &[
                        "accompagnement_realise.treated_over @accompagnement_realise.barriers.concerned#health",
                    ],
                ),
                (
                    &[
                        ("accompagnement_realise.barriers.concerned#health", "3"),
                        ("accompagnement_realise.followed_n", "31"),
                    ],
                    &["accompagnement_realise.followed_over @accompagnement_realise.followed_n"],
                ),
            ],
        );
    }
}
