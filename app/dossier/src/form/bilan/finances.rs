//! Accounts of the year, against the budget.

use form::{Answers, At, Carry, Cents, Field, Group, Problem, Section, Table, fields, sources};

use crate::{
    form::{
        budget::{
            lines::{CHARGES, PRODUITS},
            rules::{detail_over, moving, unbalanced},
            total_charges, total_produits,
        },
        read::want,
    },
    sentence::Sentence,
};

/// Charges forecast.
pub static CHARGES_FORECAST: Field<Cents> = Field::money("finances.charges.forecast", "Prévu")
    .optional()
    .carry(Carry::Fixed)
    .sources(sources![LastYear "budget.charges.forecast"]);

/// Charges of the accounts.
pub static CHARGES_REALIZED: Field<Cents> = Field::money("finances.charges.realized", "Réalisé")
    .why("Les comptes accompagnent le bilan d'activité. Code du travail, article R. 5132-3.")
    .optional();

/// Produits forecast.
pub static PRODUITS_FORECAST: Field<Cents> = Field::money("finances.produits.forecast", "Prévu")
    .optional()
    .carry(Carry::Fixed)
    .sources(sources![LastYear "budget.produits.forecast"]);

/// Produits of the accounts.
pub static PRODUITS_REALIZED: Field<Cents> =
    Field::money("finances.produits.realized", "Réalisé").optional();

/// The accounts.
pub static ACCOUNTS_FILE: Field<String> = Field::file("finances.accounts_file", "Comptes annuels")
    .hint("Écrivez le nom du document que vous tenez prêt, par exemple comptes-2026.pdf.")
    .why("Code du travail, article R. 5132-3.");

/// Aid received: base.
pub static AID_BASE: Field<Cents> =
    Field::money("finances.aid_received_base", "Aide au poste reçue, montant socle")
        .sources(sources![AspAnnex "af_montant_total_annuel"]);

/// Aid received: modulated share.
pub static AID_MODULATED: Field<Cents> =
    Field::money("finances.aid_received_modulated", "Aide au poste reçue, part modulée")
        .hint("0 si vous n'en avez pas reçu.");

/// Aid received: conseil départemental.
pub static AID_DEPARTEMENT: Field<Cents> =
    Field::money("finances.aid_received_departement", "Part reçue du conseil départemental")
        .hint("0 si vous n'en avez pas reçu.")
        .sources(sources![AspAnnex "af_mt_cofinance"]);

/// In words.
pub static COMMENT: Field<String> =
    Field::long_text("finances.finance_comment", "Commentaire sur les comptes", 2_000)
        .hint("Expliquez les lignes qui s'écartent de plus de 20 % du budget.")
        .optional();

/// The step.
pub static SECTION: Section = Section::new("finances", "Comptes de l'année")
    .intro("Ce que la structure a dépensé et reçu. Les deux totaux doivent être égaux.")
    .groups(
        const {
            &[
                Group::new("finances.expenses", "Charges")
                    .intro("Laissez vide une ligne sans montant.")
                    .table(
                        Table::new("finances.charges", "compte")
                            .columns(fields![CHARGES_FORECAST, CHARGES_REALIZED])
                            .lines(CHARGES),
                    ),
                Group::new("finances.income", "Produits")
                    .intro("Laissez vide une ligne sans montant.")
                    .table(
                        Table::new("finances.produits", "compte")
                            .columns(fields![PRODUITS_FORECAST, PRODUITS_REALIZED])
                            .lines(PRODUITS),
                    ),
                Group::new("finances.aid", "Aides reçues et comptes").holding(fields![
                    AID_BASE,
                    AID_MODULATED,
                    AID_DEPARTEMENT,
                    ACCOUNTS_FILE,
                    COMMENT
                ]),
            ]
        },
    );

const VARIATION: Sentence = Sentence {
    code: "finances.variation",
    text: "Ces lignes s'écartent de plus de 20 % du budget : {0}. Une phrase de commentaire évitera une question.",
};

/// Every sentence of this step's own rules.
pub const SENTENCES: &[Sentence] = &[VARIATION];

/// The accounts are there, balance, and large gaps with the budget are explained.
pub fn rules(answers: &Answers, problems: &mut Vec<Problem>) {
    if total_charges(answers, &CHARGES_REALIZED).is_none() {
        want(answers, &CHARGES_REALIZED, "64", problems);
    }
    if total_produits(answers, &PRODUITS_REALIZED).is_none() {
        want(answers, &PRODUITS_REALIZED, "70", problems);
    }
    problems.extend(unbalanced(answers, &CHARGES_REALIZED, &PRODUITS_REALIZED));
    problems.extend(detail_over(answers, &CHARGES_REALIZED));
    let moves = moving(
        answers,
        &[
            (CHARGES, &CHARGES_FORECAST, &CHARGES_REALIZED),
            (PRODUITS, &PRODUITS_FORECAST, &PRODUITS_REALIZED),
        ],
    );
    if !moves.is_empty() && answers.raw(&COMMENT.def.id, "").trim().is_empty() {
        let at = At::once(&COMMENT.def.id);
        let problem = Problem::rule(at, VARIATION.code, vec![moves.join(", ")]);
        problems.push(problem.as_warning());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::read::tests::table;

    #[test]
    fn accounts_balance_and_follow_the_budget() {
        table(
            rules,
            &[("finances.charges.realized#64", "1000"), ("finances.produits.realized#70", "1000")],
            &[
                (&[("finances.charges.forecast#64", "1250")], &[]),
                (
                    &[("finances.charges.forecast#64", "1251")],
                    &["? finances.variation @finances.finance_comment"],
                ),
                (
                    &[("finances.charges.realized#60", "5")],
                    &["budget.unbalanced @finances.produits.realized#deficit"],
                ),
                (
                    &[("finances.charges.realized#64", ""), ("finances.produits.realized#70", "")],
                    &[
                        "missing @finances.charges.realized#64",
                        "missing @finances.produits.realized#70",
                    ],
                ),
            ],
        );
    }
}
