//! Axis 2: social and professional support.

use form::{
    Answers, At, Carry, Field, Group, Hundredths, Line, Problem, Table, choices, fields, sources,
};

use crate::{
    form::{
        asked::{IN_1RA, IN_RA},
        moyens,
        read::{broken_in, sum, units},
    },
    money,
    sentence::Sentence,
};

/// What the referent does.
pub static REFERENT_ROLE: Field<String> = Field::text("projet.a2_referents.role", "Fonction", 120)
    .hint("Par exemple « conseiller en insertion professionnelle ». N'écrivez pas de nom.")
    .asked(IN_1RA)
    .carry(Carry::Confirm)
    .sources(sources![AspSupervision "", LastYear ""]);

/// Time given.
pub static REFERENT_ETP: Field<Hundredths> =
    Field::decimal("projet.a2_referents.etp", "ETP", 10_000)
        .unit("ETP")
        .hint("1 pour un temps plein, 0,50 pour un mi-temps.")
        .asked(IN_1RA)
        .carry(Carry::Confirm)
        .sources(sources![AspSupervision "", LastYear ""]);

/// Qualification held.
pub static REFERENT_QUALIFICATION: Field<String> =
    Field::text("projet.a2_referents.qualification", "Qualification", 120)
        .hint("Diplôme, titre ou expérience.")
        .asked(IN_1RA)
        .carry(Carry::Confirm)
        .sources(sources![LastYear ""]);

/// Years in the post.
pub static REFERENT_SENIORITY: Field<i64> =
    Field::integer("projet.a2_referents.seniority", "Ancienneté", 60)
        .unit("ans")
        .hint("En années entières ; 0 pour moins d'un an.")
        .asked(IN_1RA)
        .carry(Carry::Confirm)
        .sources(sources![LastYear ""]);

/// How support works.
pub static METHOD: Field<String> =
    Field::long_text("projet.a2_method", "Comment vous accompagnez les salariés", 3_000)
        .hint("Le premier bilan, les étapes du parcours, les rendez-vous, les outils que vous utilisez.")
        .why("Le bilan annuel décrit la nature, l'objet et la durée du suivi individuel. Code du travail, article R. 5132-3 (3°).")
        .asked(IN_1RA)
        .carry(Carry::Confirm)
        .sources(sources![LastYear ""]);

/// Hours of interviews.
pub static INDIVIDUAL_HOURS: Field<Hundredths> = Field::decimal(
    "projet.a2_individual_hours",
    "Heures d'entretien par salarié et par an",
    100_000,
)
.unit("heures")
.hint("En moyenne, seulement les entretiens individuels.")
.why("Code du travail, article R. 5132-3 (3°) : durée du suivi individuel.")
.asked(IN_1RA)
.carry(Carry::Beside)
.sources(sources![LastYear ""]);

/// Preparing the exit.
pub static EXIT_PREP: Field<String> = Field::long_text(
    "projet.a2_exit_prep",
    "Comment vous préparez la sortie",
    1_500,
)
.hint("Quand vous commencez, avec quels employeurs, et ce que vous faites après le départ.")
.why("Code du travail, article R. 5132-3 (4°) : le suivi mène vers l'emploi ou la formation.")
.asked(IN_1RA)
.carry(Carry::Confirm)
.sources(sources![LastYear ""]);

/// A quality label.
pub static LABEL: Field<String> =
    Field::text("projet.a2_label", "Certification de la qualité de l'accompagnement", 120)
        .hint("Son nom, si vous en avez une. Sinon, laissez vide.")
        .why("Code du travail, article R. 5132-2 (1°, c).")
        .asked(IN_1RA)
        .optional()
        .carry(Carry::Confirm)
        .sources(sources![LastYear ""]);

/// What was done last year.
pub static DONE: Field<String> = Field::long_text(
    "projet.a2_done",
    "Ce qui a changé cette année dans l'accompagnement",
    1_500,
)
.hint("Deux ou trois phrases. Si rien n'a changé, écrivez « rien de nouveau ».")
.why("Le dialogue de gestion a lieu chaque année. Circulaire DGEFP 2008-21 du 10 décembre 2008.")
.asked(IN_RA);

/// People whose brake is being dealt with.
pub static BRAKES_ENGAGED: Field<i64> =
    Field::integer("projet.a2_brakes.engaged", "Personnes aidées", 99_999)
        .asked(IN_RA)
        .optional()
        .carry(Carry::Beside)
        .why("Code du travail, article R. 5132-3 (3° et 4°) : suivi individuel et actions sociales proposées.")
        .sources(sources![
            AspSupport "acc_dif_nb_sal_int",
            AspSupport "acc_dif_nb_sal_ext",
            AspSupport "acc_dif_nb_sal_int_ext"
        ]);

/// People whose brake is lifted: the ASP counts the people helped, not what came of it.
pub static BRAKES_RESOLVED: Field<i64> =
    Field::integer("projet.a2_brakes.resolved", "Difficulté résolue", 99_999)
        .asked(IN_RA)
        .optional()
        .carry(Carry::Beside);

/// What kind of partner.
pub static PARTNER_NATURE: Field<String> = Field::one_of(
    "projet.a2_partners.nature",
    "Nature",
    choices![
        "employment" "Emploi et orientation",
        "social" "Action sociale et accès aux droits",
        "health" "Santé",
        "housing" "Logement et hébergement",
        "mobility" "Mobilité",
        "justice" "Justice",
        "language" "Langue et savoirs de base",
        "other" "Autre"
    ],
)
.asked(IN_1RA)
.carry(Carry::Confirm)
.sources(sources![LastYear ""]);

/// Which organisation.
pub static PARTNER_NAME: Field<String> =
    Field::text("projet.a2_partners.name", "Nom de l'organisme", 120)
        .asked(IN_1RA)
        .carry(Carry::Confirm)
        .sources(sources![LastYear ""]);

/// What for.
pub static PARTNER_PURPOSE: Field<String> =
    Field::text("projet.a2_partners.purpose", "Ce que vous faites ensemble", 200)
        .asked(IN_1RA)
        .carry(Carry::Confirm)
        .sources(sources![LastYear ""]);

/// Brakes followed by the ASP.
pub const BRAKE_LINES: &[Line] = &[
    Line::new("literacy", "Lecture, écriture, calcul"),
    Line::new("paperwork", "Démarches administratives"),
    Line::new("housing", "Hébergement et logement"),
    Line::new("mobility", "Mobilité"),
    Line::new("health", "Santé"),
    Line::new("justice", "Justice"),
    Line::new("debt", "Surendettement"),
    Line::new("availability", "Manque de disponibilité"),
    Line::new("technical", "Prestation technique"),
    Line::new("career", "Projet professionnel"),
];

/// Who accompanies.
pub const REFERENTS: Group = Group::new("projet.a2_team", "Axe 2 : qui accompagne les salariés")
    .intro("Une ligne par poste, sans nom de personne.")
    .when(IN_1RA)
    .table(
        Table::new("projet.a2_referents", "référent")
            .columns(fields![
                REFERENT_ROLE,
                REFERENT_ETP,
                REFERENT_QUALIFICATION,
                REFERENT_SENIORITY
            ])
            .rows(1, 50)
            .totals(form::texts!["projet.a2_referents.etp"]),
    );

/// Texts of the axis.
pub const PRACTICE: Group =
    Group::new("projet.a2", "Axe 2 : accompagnement social et professionnel")
        .when(IN_1RA)
        .holding(fields![METHOD, INDIVIDUAL_HOURS, EXIT_PREP, LABEL, DONE]);

/// What was dealt with.
pub const BRAKES: Group = Group::new("projet.a2_difficulties", "Axe 2 : les difficultés traitées")
    .intro("Combien de salariés vous avez aidés l'an dernier, et pour combien la difficulté est résolue. Laissez vide ce qui ne vous concerne pas.")
    .when(IN_RA)
    .table(
        Table::new("projet.a2_brakes", "difficulté")
            .columns(fields![BRAKES_ENGAGED, BRAKES_RESOLVED])
            .lines(BRAKE_LINES),
    );

/// With whom.
pub const PARTNERS: Group =
    Group::new("projet.a2_network", "Axe 2 : vos partenaires").when(IN_1RA).table(
        Table::new("projet.a2_partners", "partenaire")
            .columns(fields![PARTNER_NATURE, PARTNER_NAME, PARTNER_PURPOSE])
            .rows(1, 60),
    );

/// People in insertion for one full-time referent; `None` without history or referent.
pub fn people_per_referent(answers: &Answers) -> Option<Hundredths> {
    let people = units(answers, &moyens::staff::N, "insertion")?;
    let etp = sum(answers, &REFERENT_ETP, answers.added_rows("projet.a2_referents"))?;
    (etp > 0).then(|| Hundredths(money::divide(i128::from(people) * 10_000, etp.into())))
}

const BRAKES_OVER: Sentence = Sentence {
    code: "projet.brakes_resolved",
    text: "{0} difficultés résolues pour {1} personnes aidées : il ne peut pas y en avoir plus. Corrigez l'un des deux nombres.",
};
const NO_REFERENT_TIME: Sentence = Sentence {
    code: "projet.referent_time",
    text: "Les référents comptent 0 ETP en tout. Écrivez le temps que chacun consacre à l'accompagnement, par exemple 0,50 pour un mi-temps.",
};

/// Every sentence of this axis.
pub const SENTENCES: &[Sentence] = &[BRAKES_OVER, NO_REFERENT_TIME];

/// Not more brakes lifted than people helped; referents have time.
pub fn rules(answers: &Answers, problems: &mut Vec<Problem>) {
    if BRAKES_RESOLVED.def.is_put(answers, "") {
        for line in BRAKE_LINES {
            let engaged = answers.get_in(&BRAKES_ENGAGED, &line.id).unwrap_or(0);
            let resolved = answers.get_in(&BRAKES_RESOLVED, &line.id).unwrap_or(0);
            if resolved > engaged {
                let values = vec![resolved.to_string(), engaged.to_string()];
                problems.push(broken_in(&BRAKES_RESOLVED, &line.id, &BRAKES_OVER, values));
            }
        }
    }
    let rows = answers.added_rows("projet.a2_referents");
    if REFERENT_ETP.def.is_put(answers, "") && sum(answers, &REFERENT_ETP, rows) == Some(0) {
        let at = At::once("projet.a2_referents");
        problems.push(Problem::rule(at, NO_REFERENT_TIME.code, vec![]).as_warning());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::read::tests::{answers, table};

    #[test]
    fn brakes_and_referents_agree() {
        let annual = ("demande.request_kind", "annual");
        let referent = ("projet.a2_referents+r1", "");
        table(
            rules,
            &[annual],
            &[
                (
                    &[
                        ("projet.a2_brakes.engaged#health", "3"),
                        ("projet.a2_brakes.resolved#health", "3"),
                    ],
                    &[],
                ),
                (
                    &[
                        ("projet.a2_brakes.engaged#health", "3"),
                        ("projet.a2_brakes.resolved#health", "4"),
                    ],
                    &["projet.brakes_resolved @projet.a2_brakes.resolved#health"],
                ),
                (&[referent, ("projet.a2_referents.etp#r1", "0,5")], &[]),
                (
                    &[referent, ("projet.a2_referents.etp#r1", "0")],
                    &["? projet.referent_time @projet.a2_referents"],
                ),
            ],
        );
        let over = ("projet.a2_brakes.resolved#health", "4");
        table(rules, &[("demande.request_kind", "first")], &[(&[over], &[])]);
    }

    #[test]
    fn people_per_referent_counts_time_not_heads() {
        let filled = answers(&[
            ("projet.a2_referents+a", ""),
            ("projet.a2_referents+b", ""),
            ("projet.a2_referents.etp#a", "1"),
            ("projet.a2_referents.etp#b", "0,5"),
            ("moyens.staff.n#insertion", "22"),
        ]);
        assert_eq!(people_per_referent(&filled), Some(Hundredths(1_467)));
        assert_eq!(people_per_referent(&Answers::default()), None);
    }
}
