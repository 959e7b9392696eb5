//! Step "Budget prévisionnel": charges and produits by account, last year and the year asked for.

pub mod lines;
pub mod more;
pub(super) mod rules;

use form::{Answers, Carry, Cents, Field, Group, Hundredths, Section, Table, fields, sources};

use super::{
    asked::{IN_1RA, IN_RA},
    read::{sum, units},
};
use crate::money;

pub use rules::{SENTENCES, rules};

/// Charges of last year.
pub static CHARGES_PREVIOUS: Field<Cents> =
    Field::money("budget.charges.previous", "Année passée, réalisé")
        .why("La structure transmet ses comptes chaque année. Code du travail, article R. 5132-3.")
        .asked(IN_RA)
        .optional()
        .carry(Carry::Beside)
        .sources(sources![LastYear "", AspAnnex "af_mt_tot_masse_salariale"]);

/// Charges of the year asked for.
pub static CHARGES_FORECAST: Field<Cents> =
    Field::money("budget.charges.forecast", "Année demandée, prévu")
        .asked(IN_1RA)
        .optional()
        .carry(Carry::Beside);

/// Produits of last year.
pub static PRODUITS_PREVIOUS: Field<Cents> =
    Field::money("budget.produits.previous", "Année passée, réalisé")
        .asked(IN_RA)
        .optional()
        .carry(Carry::Beside)
        .sources(sources![LastYear "", AspAnnex ""]);

/// Produits of the year asked for.
pub static PRODUITS_FORECAST: Field<Cents> =
    Field::money("budget.produits.forecast", "Année demandée, prévu")
        .asked(IN_1RA)
        .optional()
        .carry(Carry::Beside)
        .sources(sources![Computed ""]);

/// The step.
pub static SECTION: Section = Section::new("budget", "Budget prévisionnel")
    .intro("Ce que la structure dépense et ce qu'elle reçoit. Les deux totaux doivent être égaux.")
    .when(IN_1RA)
    .groups(
        const {
            &[
                more::YEAR,
                Group::new("budget.expenses", "Charges")
                    .intro("Les numéros sont ceux de votre comptabilité. Laissez vide une ligne sans montant.")
                    .when(IN_1RA)
                    .table(
                        Table::new("budget.charges", "compte")
                            .columns(fields![CHARGES_PREVIOUS, CHARGES_FORECAST])
                            .lines(lines::CHARGES),
                    ),
                Group::new("budget.income", "Produits")
                    .intro("Laissez vide une ligne sans montant.")
                    .when(IN_1RA)
                    .table(
                        Table::new("budget.produits", "compte")
                            .columns(fields![PRODUITS_PREVIOUS, PRODUITS_FORECAST])
                            .lines(lines::PRODUITS),
                    ),
                more::COMMENTS,
                more::HEALTH,
                more::INVESTMENT_FUND,
            ]
        },
    );

/// Total of the charges in a column; `None` when nothing is written.
pub fn total_charges(answers: &Answers, column: &Field<Cents>) -> Option<Cents> {
    sum(answers, column, lines::counted(lines::CHARGES)).map(Cents)
}

/// Total of the produits in a column; `None` when nothing is written.
pub fn total_produits(answers: &Answers, column: &Field<Cents>) -> Option<Cents> {
    sum(answers, column, lines::counted(lines::PRODUITS)).map(Cents)
}

/// Result: what the balance adds to the charges less what it adds to the produits.
pub fn net_result(answers: &Answers, charges: &Field<Cents>, produits: &Field<Cents>) -> Cents {
    let of = |column, line| units(answers, column, line).unwrap_or(0);
    Cents(of(charges, lines::SURPLUS) - of(produits, lines::DEFICIT))
}

/// Sales as a percentage of sales and subsidies.
pub fn self_financing_rate(answers: &Answers, produits: &Field<Cents>) -> Option<Hundredths> {
    let sales = units(answers, produits, "70").unwrap_or(0);
    let aid = sum(answers, produits, lines::subsidies()).unwrap_or(0);
    money::percentage(sales, sales + aid)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::read::tests::answers;

    #[test]
    fn totals_count_each_amount_once() {
        let filled = answers(&[
            ("budget.charges.forecast#60", "100"),
            ("budget.charges.forecast#64", "900"),
            ("budget.charges.forecast#64_insertion", "600"),
            ("budget.charges.forecast#surplus", "50"),
            ("budget.produits.forecast#70", "250"),
            ("budget.produits.forecast#74_state_base", "700"),
            ("budget.produits.forecast#74_departement", "50"),
            ("budget.produits.forecast#75", "50"),
        ]);
        assert_eq!(total_charges(&filled, &CHARGES_FORECAST), Some(Cents(105_000)));
        assert_eq!(total_produits(&filled, &PRODUITS_FORECAST), Some(Cents(105_000)));
        let result = net_result(&filled, &CHARGES_FORECAST, &PRODUITS_FORECAST);
        assert_eq!(result, Cents(5_000));
        let rate = self_financing_rate(&filled, &PRODUITS_FORECAST);
        assert_eq!(rate, Some(Hundredths(2_500)));
        assert_eq!(total_charges(&filled, &CHARGES_PREVIOUS), None);
    }
}
