//! Step "Moyens matériels": premises, equipment, safety, investments.

use form::{
    Answers, At, Carry, Cents, Cond, Date, Field, Group, Hundredths, Problem, Section, Table,
    choices, fields, one_of, sources, texts,
};

use super::{
    asked::{IN_1R, IN_1RA},
    demande::PERIOD_START,
    read::broken_in,
};
use crate::{address, sentence::Sentence};

address!("locaux.premises", IN_1RA, Confirm, insee Cond::Always, sources![LastYear ""];
    STREET, COMPLEMENT, POSTCODE, TOWN, INSEE);

/// Surface of the premises.
pub static SURFACE: Field<Hundredths> =
    Field::decimal("locaux.premises.surface", "Surface", 99_999_999)
        .unit("m²")
        .hint("Une estimation suffit.")
        .asked(IN_1RA)
        .carry(Carry::Confirm)
        .sources(sources![LastYear ""]);

/// On what ground it is occupied.
pub static TENURE: Field<String> = Field::one_of(
    "locaux.premises.tenure",
    "Occupation",
    choices!["owner" "Propriétaire", "rented" "Location", "lent" "Mise à disposition"],
)
.asked(IN_1RA)
.carry(Carry::Confirm)
.sources(sources![LastYear ""]);

/// Whether everybody can come in.
pub static ACCESSIBLE: Field<bool> = Field::yes_no(
    "locaux.premises.accessible",
    "Ce lieu est-il accessible aux personnes handicapées ?",
)
.asked(IN_1RA)
.carry(Carry::Confirm)
.sources(sources![LastYear ""]);

/// Equipment and vehicles.
pub static EQUIPMENT: Field<String> =
    Field::long_text("locaux.equipment", "Matériel et véhicules", 2_000)
        .hint("Les principaux outils, machines et véhicules utilisés par les salariés.")
        .why("Le dossier décrit les moyens matériels de la structure. Code du travail, article R. 5132-2 (2°).")
        .asked(IN_1RA)
        .carry(Carry::Confirm)
        .sources(sources![LastYear ""]);

/// Software.
pub static DIGITAL_TOOLS: Field<String> =
    Field::text("locaux.digital_tools", "Outils informatiques et logiciel métier", 200)
        .hint("Par exemple le logiciel qui suit les parcours. « Aucun » est une réponse possible.")
        .asked(IN_1R)
        .carry(Carry::Confirm)
        .sources(sources![LastYear ""]);

/// Whether the assessment of risks is up to date.
pub static SECURITY: Field<bool> =
    Field::yes_no("locaux.security", "Votre document unique d'évaluation des risques est-il à jour ?")
        .hint("Le document unique (DUERP) liste les risques au travail et ce que vous faites pour les éviter.")
        .asked(IN_1RA)
        .carry(Carry::Confirm)
        .sources(sources![LastYear ""]);

/// When it was last updated.
pub static SECURITY_DATE: Field<Date> =
    Field::date("locaux.security_date", "Date de la dernière mise à jour")
        .asked(IN_1RA)
        .visible_when(one_of!("locaux.security"; "oui"))
        .carry(Carry::Confirm)
        .sources(sources![LastYear ""]);

/// What is shared with others.
pub static POOLED: Field<String> =
    Field::long_text("locaux.rental_pooled", "Moyens partagés avec d'autres structures", 1_000)
        .hint("Locaux, véhicules ou personnel mis en commun. Laissez vide si vous n'en avez pas.")
        .asked(IN_1RA)
        .optional()
        .carry(Carry::Confirm)
        .sources(sources![LastYear ""]);

/// What will be bought.
pub static INVESTMENT_NATURE: Field<String> =
    Field::text("locaux.investment_plan.nature", "Nature", 120)
        .hint("Par exemple « un véhicule utilitaire ».")
        .asked(IN_1RA);

/// For how much.
pub static INVESTMENT_AMOUNT: Field<Cents> =
    Field::money("locaux.investment_plan.amount", "Montant").asked(IN_1RA);

/// When.
pub static INVESTMENT_YEAR: Field<i64> =
    Field::integer_from("locaux.investment_plan.year", "Année", 2_000, 2_100).asked(IN_1RA);

/// The step.
pub static SECTION: Section = Section::new("locaux", "Moyens matériels")
    .intro("Vos locaux, votre matériel et vos investissements.")
    .when(IN_1RA)
    .groups(
        const {
            &[
                Group::new("locaux.places", "Vos locaux")
                    .intro("Un lieu par ligne : atelier, bureau, dépôt.")
                    .when(IN_1RA)
                    .table(
                        Table::new("locaux.premises", "lieu")
                            .columns(fields![
                                STREET, COMPLEMENT, POSTCODE, TOWN, INSEE, SURFACE, TENURE,
                                ACCESSIBLE
                            ])
                            .rows(1, 50),
                    ),
                Group::new("locaux.tools", "Matériel et sécurité").when(IN_1RA).holding(fields![
                    EQUIPMENT,
                    DIGITAL_TOOLS,
                    SECURITY,
                    SECURITY_DATE,
                    POOLED
                ]),
                Group::new("locaux.investments", "Investissements prévus")
                    .intro(
                        "Ce que vous pensez acheter ou aménager. Laissez vide si rien n'est prévu.",
                    )
                    .when(IN_1RA)
                    .table(
                        Table::new("locaux.investment_plan", "investissement")
                            .columns(fields![INVESTMENT_NATURE, INVESTMENT_AMOUNT, INVESTMENT_YEAR])
                            .rows(0, 30)
                            .totals(texts!["locaux.investment_plan.amount"]),
                    ),
            ]
        },
    );

const INVESTMENT_PAST: Sentence = Sentence {
    code: "locaux.investment_past",
    text: "Un investissement est prévu en {0}, avant la période demandée. Corrigez l'année, ou retirez la ligne.",
};
const INVESTMENT_FREE: Sentence = Sentence {
    code: "locaux.investment_free",
    text: "Un investissement est à 0 €. Écrivez son montant, ou retirez la ligne.",
};

/// Every sentence of this step's rules.
pub const SENTENCES: &[Sentence] = &[INVESTMENT_PAST, INVESTMENT_FREE];

/// Planned investments cost something and lie ahead.
pub fn rules(answers: &Answers, problems: &mut Vec<Problem>) {
    if !INVESTMENT_YEAR.def.is_put(answers, "") {
        return;
    }
    let start = answers.get(&PERIOD_START);
    for row in answers.added_rows("locaux.investment_plan") {
        let year = answers.get_in(&INVESTMENT_YEAR, row);
        if let (Some(year), Some(start)) = (year, start)
            && year < i64::from(start.year())
        {
            let values = vec![year.to_string()];
            problems.push(broken_in(&INVESTMENT_YEAR, row, &INVESTMENT_PAST, values).as_warning());
        }
        if answers.get_in(&INVESTMENT_AMOUNT, row) == Some(Cents(0)) {
            let at = At::in_row(&INVESTMENT_AMOUNT.def.id, row);
            problems.push(Problem::rule(at, INVESTMENT_FREE.code, vec![]));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::read::tests::table;

    #[test]
    fn investments_cost_something_and_lie_ahead() {
        table(
            rules,
            &[
                ("demande.request_kind", "annual"),
                ("demande.period_start", "01/01/2027"),
                ("locaux.investment_plan+a", ""),
            ],
            &[
                (
                    &[
                        ("locaux.investment_plan.year#a", "2027"),
                        ("locaux.investment_plan.amount#a", "9"),
                    ],
                    &[],
                ),
                (
                    &[("locaux.investment_plan.year#a", "2026")],
                    &["? locaux.investment_past @locaux.investment_plan.year#a"],
                ),
                (
                    &[("locaux.investment_plan.amount#a", "0")],
                    &["locaux.investment_free @locaux.investment_plan.amount#a"],
                ),
                (
                    &[
                        ("demande.request_kind", "amendment"),
                        ("locaux.investment_plan.amount#a", "0"),
                    ],
                    &[],
                ),
            ],
        );
    }
}
