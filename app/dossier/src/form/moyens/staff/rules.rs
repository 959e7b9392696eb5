//! Each line of the staff is plausible, and lines fit in their totals.

use form::{Answers, At, Field, Problem, number};

use super::{ETP, N, STAFF_LINES, SUPPORT_ETP};
use crate::{
    form::{
        asked::NOT_FOR_ACI,
        read::{Quantity, broken_in, sum, units, want},
    },
    sentence::Sentence,
};

const ETP_OVER: Sentence = Sentence {
    code: "moyens.etp_over_people",
    text: "{0} : {1} ETP pour {2} personnes. Un ETP ne peut pas dépasser le nombre de personnes : corrigez l'un des deux.",
};
const INSERTION_OVER: Sentence = Sentence {
    code: "moyens.insertion_over_total",
    text: "{0} pour les salariés en insertion, {1} pour l'effectif total : les salariés en insertion font partie du total. Corrigez l'une des deux lignes.",
};
const TOTAL_DIFFERS: Sentence = Sentence {
    code: "moyens.supervision_total",
    text: "Le total de l'encadrement et de l'accompagnement est {0}, et ses deux lignes font {1}. Vérifiez que c'est voulu.",
};
const SUPPORT_OVER: Sentence = Sentence {
    code: "moyens.support_over_total",
    text: "Les fonctions support font {0} ETP, plus que l'effectif total ({1} ETP). Corrigez les fonctions ou l'effectif.",
};

/// Every sentence about the staff.
pub const SENTENCES: &[Sentence] = &[ETP_OVER, INSERTION_OVER, TOTAL_DIFFERS, SUPPORT_OVER];

/// Each line is plausible, and lines fit in their totals.
pub fn rules(answers: &Answers, problems: &mut Vec<Problem>) {
    let total_etp = units(answers, &ETP, "total");
    if N.def.is_put(answers, "") {
        let lines = || STAFF_LINES.iter().filter(|line| line.visible.holds(answers, ""));
        for line in lines() {
            let may_be_empty = matches!(line.id.as_ref(), "technical" | "support");
            if !may_be_empty || NOT_FOR_ACI.holds(answers, "") {
                want(answers, &N, &line.id, problems);
                want(answers, &ETP, &line.id, problems);
            }
            if let (Some(n), Some(etp)) =
                (units(answers, &N, &line.id), units(answers, &ETP, &line.id))
                && etp > n * 100
            {
                let values = vec![line.label.to_string(), number::etp(etp), n.to_string()];
                problems.push(broken_in(&ETP, &line.id, &ETP_OVER, values));
            }
        }
        fits(&N, |n| number::display_scaled(n, 0), answers, problems);
        fits(&ETP, number::etp, answers, problems);
    }
    let support = sum(answers, &SUPPORT_ETP, answers.added_rows("moyens.support_staff"));
    if let (Some(support), Some(total)) = (support, total_etp)
        && N.def.is_put(answers, "")
        && SUPPORT_ETP.def.is_put(answers, "")
        && support > total
    {
        let values = vec![number::etp(support), number::etp(total)];
        let at = At::once("moyens.support_staff");
        problems.push(Problem::rule(at, SUPPORT_OVER.code, values));
    }
}

/// One column: insertion within the total, supervision as the sum of its two lines.
fn fits<T: Quantity>(
    column: &Field<T>,
    shown: impl Fn(i64) -> String,
    answers: &Answers,
    problems: &mut Vec<Problem>,
) {
    let at = |line| units(answers, column, line);
    if let (Some(insertion), Some(total)) = (at("insertion"), at("total"))
        && insertion > total
    {
        let values = vec![shown(insertion), shown(total)];
        problems.push(broken_in(column, "insertion", &INSERTION_OVER, values));
    }
    let parts = at("technical").zip(at("support")).map(|(a, b)| a + b);
    if let (Some(total), Some(parts)) = (at("supervision_total"), parts)
        && total != parts
    {
        let values = vec![shown(total), shown(parts)];
        let problem = broken_in(column, "supervision_total", &TOTAL_DIFFERS, values);
        problems.push(problem.as_warning());
    }
}

#[cfg(test)]
mod tests {
    use super::{
        super::{STAFF_COLUMNS, supervision_ratio},
        *,
    };
    use crate::form::read::tests::{answers, said, table};

    const FULL: &[(&str, &str)] = &[
        ("demande.request_kind", "annual"),
        ("demande.siae_kind", "EI"),
        ("moyens.staff.n#technical", "3"),
        ("moyens.staff.etp#technical", "3"),
        ("moyens.staff.n#support", "1"),
        ("moyens.staff.etp#support", "0,8"),
        ("moyens.staff.n#supervision_total", "4"),
        ("moyens.staff.etp#supervision_total", "3,8"),
        ("moyens.staff.n#total", "30"),
        ("moyens.staff.etp#total", "18,3"),
        ("moyens.staff.n#insertion", "22"),
        ("moyens.staff.etp#insertion", "12,4"),
        ("moyens.staff.n#non_salaried", "0"),
        ("moyens.staff.etp#non_salaried", "0"),
        ("moyens.staff.n#external", "0"),
        ("moyens.staff.etp#external", "0"),
    ];

    #[test]
    fn each_line_is_plausible() {
        table(
            rules,
            FULL,
            &[
                (&[], &[]),
                (&[("demande.request_kind", "first"), ("moyens.staff.n#technical", "1")], &[]),
                (
                    &[("moyens.staff.etp#external", "0,5")],
                    &["moyens.etp_over_people @moyens.staff.etp#external"],
                ),
                (
                    &[("moyens.staff.n#insertion", "31")],
                    &["moyens.insertion_over_total @moyens.staff.n#insertion"],
                ),
                (
                    &[("moyens.staff.etp#insertion", "18,31")],
                    &["moyens.insertion_over_total @moyens.staff.etp#insertion"],
                ),
                (
                    &[("moyens.staff.n#supervision_total", "5")],
                    &["? moyens.supervision_total @moyens.staff.n#supervision_total"],
                ),
                (
                    &[("moyens.support_staff+a", ""), ("moyens.support_staff.etp#a", "18,4")],
                    &["moyens.support_over_total @moyens.support_staff"],
                ),
                (&[("moyens.staff.n#total", "")], &["missing @moyens.staff.n#total"]),
            ],
        );
    }

    #[test]
    fn only_the_lines_of_a_kind_are_wanted() {
        let empty = |kind| {
            let answers =
                answers(&[("demande.request_kind", "annual"), ("demande.siae_kind", kind)]);
            said(rules, &answers).len()
        };
        assert_eq!((empty("ACI"), empty("EI"), empty("EITI")), (10, 14, 16));
    }

    #[test]
    fn the_ratio_is_in_thousandths() {
        assert_eq!(supervision_ratio(&answers(FULL)), Some(306));
        assert_eq!(supervision_ratio(&answers(&[("moyens.staff.etp#insertion", "0")])), None);
    }

    #[test]
    fn every_line_has_its_columns() {
        let lines: Vec<&str> = STAFF_LINES.iter().map(|line| line.id.as_ref()).collect();
        let columns: Vec<&str> = STAFF_COLUMNS.iter().map(|(line, ..)| *line).collect();
        assert_eq!(lines, columns);
    }
}
