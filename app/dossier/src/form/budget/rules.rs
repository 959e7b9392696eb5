//! The budget balances, and what moves is explained.

use form::{Answers, At, Cents, Field, Line, Problem, gap::is_wide, number};

use super::{
    CHARGES_FORECAST, CHARGES_PREVIOUS, PRODUITS_FORECAST, PRODUITS_PREVIOUS, lines,
    lines::{DEFICIT, OTHER_AID, SURPLUS},
    more::{OTHER_AID_ORIGIN, VARIATION_COMMENT},
    total_charges, total_produits,
};
use crate::{
    form::read::{broken_in, sum, units, want},
    sentence::Sentence,
};

const UNBALANCED: Sentence = Sentence {
    code: "budget.unbalanced",
    text: "Le total des charges est {0} et celui des produits {1} : il y a {2} d'écart. Corrigez les montants, ou écrivez l'écart sur la ligne « Excédent » ou « Déficit ».",
};
const DETAIL_OVER: Sentence = Sentence {
    code: "budget.payroll_detail",
    text: "Les salariés en insertion coûtent {0}, plus que toutes les charges de personnel ({1}). Corrigez l'une des deux lignes.",
};
const VARIATION_UNEXPLAINED: Sentence = Sentence {
    code: "budget.variation",
    text: "Ces lignes changent de plus de 20 % : {0}. Une phrase de commentaire évitera une question.",
};

/// Every sentence of this step's rules.
pub const SENTENCES: &[Sentence] = &[UNBALANCED, DETAIL_OVER, VARIATION_UNEXPLAINED];

/// Both totals are equal (what is forecast must be, last year should be), each amount stands once,
/// and large moves are explained.
pub fn rules(answers: &Answers, problems: &mut Vec<Problem>) {
    if CHARGES_FORECAST.def.is_put(answers, "") {
        if total_charges(answers, &CHARGES_FORECAST).is_none() {
            want(answers, &CHARGES_FORECAST, "64", problems);
        }
        if total_produits(answers, &PRODUITS_FORECAST).is_none() {
            want(answers, &PRODUITS_FORECAST, "70", problems);
        }
        problems.extend(unbalanced(answers, &CHARGES_FORECAST, &PRODUITS_FORECAST));
        problems.extend(detail_over(answers, &CHARGES_FORECAST));
        let aid = units(answers, &PRODUITS_FORECAST, OTHER_AID);
        if aid.is_some_and(|aid| aid > 0) {
            want(answers, &OTHER_AID_ORIGIN, "", problems);
        }
    }
    if CHARGES_PREVIOUS.def.is_put(answers, "") {
        if total_charges(answers, &CHARGES_PREVIOUS).is_none() {
            want(answers, &CHARGES_PREVIOUS, "64", problems);
        }
        if total_produits(answers, &PRODUITS_PREVIOUS).is_none() {
            want(answers, &PRODUITS_PREVIOUS, "70", problems);
        }
        let last_year = unbalanced(answers, &CHARGES_PREVIOUS, &PRODUITS_PREVIOUS);
        problems.extend(last_year.map(Problem::as_warning));
        problems.extend(detail_over(answers, &CHARGES_PREVIOUS));
        let moves = moving(
            answers,
            &[
                (lines::CHARGES, &CHARGES_PREVIOUS, &CHARGES_FORECAST),
                (lines::PRODUITS, &PRODUITS_PREVIOUS, &PRODUITS_FORECAST),
            ],
        );
        if !moves.is_empty() && answers.raw(&VARIATION_COMMENT.def.id, "").trim().is_empty() {
            let at = At::once(&VARIATION_COMMENT.def.id);
            let values = vec![moves.join(", ")];
            problems.push(Problem::rule(at, VARIATION_UNEXPLAINED.code, values).as_warning());
        }
    }
}

/// Charges and produits that differ in a column; speaks at the line that would balance them.
pub(in crate::form) fn unbalanced(
    answers: &Answers,
    charges: &Field<Cents>,
    produits: &Field<Cents>,
) -> Option<Problem> {
    let spent = total_charges(answers, charges)?.0;
    let received = total_produits(answers, produits)?.0;
    if spent == received {
        return None;
    }
    let gap = (spent - received).abs();
    let values = [spent, received, gap].map(number::euros).to_vec();
    let (column, line) = if spent > received { (produits, DEFICIT) } else { (charges, SURPLUS) };
    Some(broken_in(column, line, &UNBALANCED, values))
}

/// A detail of the payroll larger than the payroll.
pub(in crate::form) fn detail_over(answers: &Answers, charges: &Field<Cents>) -> Option<Problem> {
    let payroll = units(answers, charges, "64")?;
    let detail = units(answers, charges, "64_insertion").filter(|detail| *detail > payroll)?;
    let values = [detail, payroll].map(number::euros).to_vec();
    Some(broken_in(charges, "64_insertion", &DETAIL_OVER, values))
}

/// A grid with the column one compares to and the column compared.
pub(in crate::form) type Compared<'a> = (&'static [Line], &'a Field<Cents>, &'a Field<Cents>);

/// Labels of the lines that move by more than a fifth. A line without an amount is at zero, once its
/// column is begun. What balances a budget is not explained line by line.
pub(in crate::form) fn moving(answers: &Answers, grids: &[Compared]) -> Vec<String> {
    let mut labels = Vec::new();
    for (grid, before, after) in grids {
        if sum(answers, after, lines::counted(grid)).is_none() {
            continue;
        }
        let balance = |line: &&Line| [SURPLUS, DEFICIT].contains(&line.id.as_ref());
        for line in grid.iter().filter(|line| !line.is_computed() && !balance(line)) {
            let old = units(answers, before, &line.id);
            let new = units(answers, after, &line.id).unwrap_or(0);
            if old.is_some_and(|old| is_wide(old, new)) {
                labels.push(format!("« {} »", line.label));
            }
        }
    }
    labels
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::read::tests::table;

    const BALANCED: &[(&str, &str)] = &[
        ("demande.request_kind", "annual"),
        ("budget.charges.forecast#64", "1000"),
        ("budget.charges.previous#64", "900"),
        ("budget.produits.forecast#70", "1000"),
        ("budget.produits.previous#70", "900"),
    ];

    #[test]
    fn a_move_of_a_fifth_is_allowed_and_no_more() {
        for (old, new, moved) in
            [(100, 120, false), (100, 121, true), (100, 80, false), (100, 79, true), (0, 50, false)]
        {
            assert_eq!(is_wide(old, new), moved, "{old} to {new}");
        }
    }

    #[test]
    fn the_budget_balances_and_moves_are_explained() {
        let variation = "? budget.variation @budget.variation_comment";
        table(
            rules,
            BALANCED,
            &[
                (&[], &[]),
                (
                    &[("budget.charges.forecast#60", "1")],
                    &["budget.unbalanced @budget.produits.forecast#deficit"],
                ),
                (
                    &[
                        ("budget.charges.forecast#60", "1"),
                        ("budget.produits.forecast#deficit", "1"),
                    ],
                    &[],
                ),
                (
                    &[("budget.produits.forecast#75", "0,01")],
                    &["budget.unbalanced @budget.charges.forecast#surplus"],
                ),
                (
                    &[("budget.produits.previous#75", "1")],
                    &["? budget.unbalanced @budget.charges.previous#surplus", variation],
                ),
                (
                    &[("budget.charges.forecast#64_insertion", "1000,01")],
                    &["budget.payroll_detail @budget.charges.forecast#64_insertion"],
                ),
                (
                    &[
                        ("budget.charges.previous#64", "700"),
                        ("budget.produits.previous#70", "700"),
                    ],
                    &[variation],
                ),
                (
                    &[("budget.charges.previous#64", "850"), ("budget.charges.previous#60", "50")],
                    &[variation],
                ),
                (
                    &[
                        ("budget.charges.previous#64", "850"),
                        ("budget.charges.previous#surplus", "50"),
                    ],
                    &[],
                ),
                (
                    &[("budget.charges.previous#64", ""), ("budget.produits.previous#70", "")],
                    &[
                        "missing @budget.charges.previous#64",
                        "missing @budget.produits.previous#70",
                    ],
                ),
                (
                    &[("budget.charges.forecast#64", ""), ("budget.produits.forecast#70", "")],
                    &[
                        "missing @budget.charges.forecast#64",
                        "missing @budget.produits.forecast#70",
                    ],
                ),
                (
                    &[
                        ("budget.charges.previous#64", "700"),
                        ("budget.produits.previous#70", "700"),
                        ("budget.variation_comment", "Un nouvel atelier."),
                    ],
                    &[],
                ),
                (
                    &[
                        ("budget.produits.forecast#70", "900"),
                        ("budget.produits.forecast#74_other", "100"),
                    ],
                    &["missing @budget.other_aid_origin"],
                ),
                (&[("demande.request_kind", "first"), ("budget.charges.previous#64", "1")], &[]),
                (
                    &[("demande.request_kind", "amendment"), ("budget.charges.forecast#60", "1")],
                    &[],
                ),
            ],
        );
    }

    #[test]
    fn an_empty_budget_is_missing() {
        table(
            rules,
            &[("demande.request_kind", "first")],
            &[(
                &[],
                &["missing @budget.charges.forecast#64", "missing @budget.produits.forecast#70"],
            )],
        );
    }
}
