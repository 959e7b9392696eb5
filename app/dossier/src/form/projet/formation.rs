//! Axis 3: training.

use form::{
    Answers, Carry, Cents, Field, Group, Hundredths, Line, Problem, Table, fields, number, one_of,
    sources, texts,
};

use crate::{
    form::{
        asked::{IN_1RA, IN_RA},
        publics,
        read::{broken, put, sum},
    },
    sentence::Sentence,
};

/// The training plan.
pub static PLAN_TEXT: Field<String> =
    Field::long_text("projet.a3_plan", "Plan de développement des compétences", 2_000)
        .hint("Les formations prévues pour les salariés en insertion, et comment vous repérez les besoins.")
        .why("Le bilan annuel présente les propositions d'orientation, de formation et d'emploi. Code du travail, article R. 5132-3 (5°).")
        .asked(IN_1RA)
        .carry(Carry::Confirm)
        .sources(sources![LastYear ""]);

/// Hours of training.
pub static HOURS: Field<Hundredths> =
    Field::decimal("projet.a3_hours", "Heures de formation", 99_999_999)
        .unit("heures")
        .hint("Le total de l'année passée pour tous les salariés en insertion. Pour une première demande, ce que vous prévoyez.")
        .why("Code du travail, article R. 5132-3 (5°).")
        .asked(IN_1RA)
        .carry(Carry::Beside)
        .sources(sources![AspTraining "duree_heures"]);

/// People trained.
pub static PEOPLE: Field<i64> =
    Field::integer("projet.a3_people", "Salariés en insertion formés", 99_999)
        .unit("personnes")
        .hint("Chaque personne compte une fois, même si elle a suivi plusieurs formations.")
        .why("Code du travail, article R. 5132-3 (5°).")
        .asked(IN_1RA)
        .carry(Carry::Beside)
        .sources(sources![AspTraining "formation_id_ctr"]);

/// Certifications obtained.
pub static CERTIFICATIONS: Field<i64> =
    Field::integer("projet.a3_certifications", "Titres et certificats obtenus", 99_999)
        .hint("Titres professionnels, certificats de qualification (CQP), diplômes.")
        .why("Code du travail, article R. 5132-3 (5°).")
        .asked(IN_1RA)
        .required_when(IN_RA)
        .carry(Carry::Beside)
        .sources(sources![AspTraining ""]);

/// Whether training happens at work.
pub static AFEST: Field<bool> = Field::yes_no(
    "projet.a3_afest",
    "Formez-vous en situation de travail (AFEST) ?",
)
.hint(
    "L'AFEST est une formation menée sur le poste, avec un formateur et des temps pour en parler.",
)
.asked(IN_1RA)
.carry(Carry::Confirm)
.sources(sources![LastYear ""]);

/// People trained at work.
pub static AFEST_PEOPLE: Field<i64> =
    Field::integer("projet.a3_afest_people", "Salariés formés en situation de travail", 99_999)
        .unit("personnes")
        .asked(IN_1RA)
        .visible_when(one_of!("projet.a3_afest"; "oui"))
        .carry(Carry::Beside);

/// What was done last year.
pub static DONE: Field<String> = Field::long_text(
    "projet.a3_done",
    "Ce qui a changé cette année dans la formation",
    1_500,
)
.hint("Deux ou trois phrases. Si rien n'a changé, écrivez « rien de nouveau ».")
.why("Le dialogue de gestion a lieu chaque année. Circulaire DGEFP 2008-21 du 10 décembre 2008.")
.asked(IN_RA);

/// People by type of training.
pub static TYPE_PEOPLE: Field<i64> =
    Field::integer("projet.a3_types.people", "Salariés formés", 99_999)
        .asked(IN_1RA)
        .optional()
        .carry(Carry::Beside)
        .why("Code du travail, article R. 5132-3 (5°).")
        .sources(sources![AspTraining ""]);

/// Hours by type of training.
pub static TYPE_HOURS: Field<Hundredths> =
    Field::decimal("projet.a3_types.hours", "Heures", 99_999_999)
        .asked(IN_1RA)
        .optional()
        .carry(Carry::Beside)
        .sources(sources![AspTraining "duree_heures"]);

/// Paid by each funder.
pub static FUNDER_AMOUNT: Field<Cents> =
    Field::money("projet.a3_funders.amount", "Montant")
        .asked(IN_1RA)
        .optional()
        .carry(Carry::Beside)
        .why("Le plan d'investissement dans les compétences finance des formations de l'insertion. Circulaire du fonds d'inclusion dans l'emploi du 4 avril 2025.")
        .sources(sources![LastYear ""]);

/// Types of training.
pub const TYPE_LINES: &[Line] = &[
    Line::new("language", "Langue française"),
    Line::new("basics", "Savoirs de base et numérique"),
    Line::new("trade", "Métier et sécurité au travail"),
    Line::new("certificate", "Titre, CQP ou diplôme"),
    Line::new("licence", "Permis et mobilité"),
    Line::new("other", "Autre"),
];

/// Funders of training.
pub const FUNDER_LINES: &[Line] = &[
    Line::new("opco", "Opérateur de compétences (OPCO)"),
    Line::new("region", "Région"),
    Line::new("pic_iae", "Plan d'investissement dans les compétences (PIC IAE)"),
    Line::new("france_travail", "France Travail"),
    Line::new("own", "Vos fonds propres"),
    Line::new("other", "Autre financeur"),
];

/// Texts and figures of the axis.
pub const PLAN: Group = Group::new("projet.a3", "Axe 3 : formation des salariés")
    .when(IN_1RA)
    .holding(fields![PLAN_TEXT, HOURS, PEOPLE, CERTIFICATIONS, AFEST, AFEST_PEOPLE, DONE]);

/// By type.
pub const TYPES: Group = Group::new("projet.a3_kinds", "Axe 3 : les types de formation")
    .intro(
        "Laissez vide ce qui ne vous concerne pas. Une personne peut compter sur plusieurs lignes.",
    )
    .when(IN_1RA)
    .table(
        Table::new("projet.a3_types", "type de formation")
            .columns(fields![TYPE_PEOPLE, TYPE_HOURS])
            .lines(TYPE_LINES)
            .totals(texts!["projet.a3_types.hours"]),
    );

/// By funder.
pub const FUNDERS: Group = Group::new("projet.a3_money", "Axe 3 : qui finance la formation")
    .intro("Laissez vide ce qui ne vous concerne pas.")
    .when(IN_1RA)
    .table(
        Table::new("projet.a3_funders", "financeur")
            .columns(fields![FUNDER_AMOUNT])
            .lines(FUNDER_LINES)
            .totals(texts!["projet.a3_funders.amount"]),
    );

const PEOPLE_OVER: Sentence = Sentence {
    code: "projet.trained_people",
    text: "{0} salariés formés pour {1} salariés en parcours dans l'année. Corrigez le nombre de salariés formés, ou celui de l'étape « Publics accueillis ».",
};
const AFEST_OVER: Sentence = Sentence {
    code: "projet.afest_people",
    text: "{0} salariés formés en situation de travail, pour {1} salariés formés en tout. Corrigez l'un des deux nombres.",
};
const HOURS_OVER: Sentence = Sentence {
    code: "projet.training_hours",
    text: "Les types de formation totalisent {0} heures, et vous en déclarez {1} en tout. Vérifiez le total ou le détail.",
};

/// Every sentence of this axis.
pub const SENTENCES: &[Sentence] = &[PEOPLE_OVER, AFEST_OVER, HOURS_OVER];

/// Trained people are among those of the year; details fit in their totals.
pub fn rules(answers: &Answers, problems: &mut Vec<Problem>) {
    if !PEOPLE.def.is_put(answers, "") {
        return;
    }
    let people = answers.get(&PEOPLE);
    let all = put(answers, &publics::BENEFICIARIES);
    if let (Some(people), Some(all)) = (people, all)
        && people > all
    {
        let values = vec![people.to_string(), all.to_string()];
        problems.push(broken(&PEOPLE, &PEOPLE_OVER, values));
    }
    if let (Some(people), Some(at_work)) = (people, answers.get(&AFEST_PEOPLE))
        && AFEST_PEOPLE.def.is_put(answers, "")
        && at_work > people
    {
        let values = vec![at_work.to_string(), people.to_string()];
        problems.push(broken(&AFEST_PEOPLE, &AFEST_OVER, values));
    }
    let detail = sum(answers, &TYPE_HOURS, TYPE_LINES.iter().map(|line| line.id.as_ref()));
    if let (Some(total), Some(detail)) = (answers.get(&HOURS), detail)
        && detail > total.0
    {
        let values = [detail, total.0].map(|hours| number::display_scaled(hours, 2)).to_vec();
        problems.push(broken(&HOURS, &HOURS_OVER, values).as_warning());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::read::tests::table;

    #[test]
    fn trained_people_and_hours_fit_in_their_totals() {
        table(
            rules,
            &[
                ("demande.request_kind", "annual"),
                ("projet.a3_people", "12"),
                ("projet.a3_hours", "100"),
            ],
            &[
                (&[("publics.n_beneficiaries", "12")], &[]),
                (
                    &[("publics.n_beneficiaries", "11")],
                    &["projet.trained_people @projet.a3_people"],
                ),
                (&[("projet.a3_afest_people", "13")], &[]),
                (
                    &[("projet.a3_afest", "oui"), ("projet.a3_afest_people", "13")],
                    &["projet.afest_people @projet.a3_afest_people"],
                ),
                (
                    &[
                        ("projet.a3_types.hours#trade", "60"),
                        ("projet.a3_types.hours#basics", "40"),
                    ],
                    &[],
                ),
                (
                    &[
                        ("projet.a3_types.hours#trade", "60"),
                        ("projet.a3_types.hours#basics", "40,5"),
                    ],
                    &["? projet.training_hours @projet.a3_hours"],
                ),
            ],
        );
    }
}
