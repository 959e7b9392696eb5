//! Rules of the step "Territoire".

use form::{Answers, Problem, identifier};

use super::{COMMUNES, DEPARTMENTS, QPV_LIST, SEVERAL_REASON, SITE_SIRET, SITES};
use crate::{
    form::{
        demande::DEPARTMENT,
        identification::is_branch_number,
        read::{broken, broken_in, put, put_in},
    },
    sentence::Sentence,
};

const SITE_SIRET_WRONG: Sentence = Sentence {
    code: "territoire.site_siret_wrong",
    text: "Le numéro {0} n'est pas un SIRET\u{a0}: recopiez ses quatorze chiffres, ou videz la case.",
};
const SEVERAL_UNEXPLAINED: Sentence = Sentence {
    code: "territoire.several_unexplained",
    text: "Vous intervenez dans {0} départements. Dites pourquoi en quelques phrases, ou n'en gardez qu'un.",
};
const COMMUNE_ELSEWHERE: Sentence = Sentence {
    code: "territoire.commune_elsewhere",
    text: "Des communes sont dans un département que vous n'avez pas cité ({0}). Ajoutez-le, ou retirez ces communes.",
};
const DEPARTMENT_WITHOUT_COMMUNE: Sentence = Sentence {
    code: "territoire.department_without_commune",
    text: "Aucune commune n'est citée dans ce département\u{a0}: {0}. Ajoutez-en une, ou retirez le département.",
};
const DEPOSIT_ELSEWHERE: Sentence = Sentence {
    code: "territoire.deposit_elsewhere",
    text: "Le département de dépôt ({0}) n'est pas dans votre territoire. Ajoutez-le, ou signalez-le à votre DDETS.",
};
const QPV_WRONG: Sentence = Sentence {
    code: "territoire.qpv_wrong",
    text: "«\u{202f}{0}\u{202f}» n'est pas le code d'un quartier prioritaire\u{a0}: il commence par QN ou QP, suivi de six caractères au plus. Corrigez-le ou retirez-le.",
};

/// Every sentence of this step's rules.
pub const SENTENCES: &[Sentence] = &[
    SITE_SIRET_WRONG,
    SEVERAL_UNEXPLAINED,
    COMMUNE_ELSEWHERE,
    DEPARTMENT_WITHOUT_COMMUNE,
    DEPOSIT_ELSEWHERE,
    QPV_WRONG,
];

/// Sites have a SIRET or the number of a branch; communes, départements and the département of
/// deposit agree; more than one département is explained (article R. 5132-2, 1° g).
pub fn rules(answers: &Answers, problems: &mut Vec<Problem>) {
    for row in answers.rows(&SITES) {
        if let Some(typed) = put_in(answers, &SITE_SIRET, row)
            && identifier::siret(&typed).is_err()
            && !is_branch_number(&typed)
        {
            problems.push(broken_in(&SITE_SIRET, row, &SITE_SIRET_WRONG, vec![typed]));
        }
    }
    area(answers, problems);
    let list = put(answers, &QPV_LIST).unwrap_or_default();
    let wrong = list.split([',', ';', ' ']).map(str::trim).find(|code| !is_qpv(code));
    if let Some(code) = wrong {
        problems.push(broken(&QPV_LIST, &QPV_WRONG, vec![code.to_owned()]));
    }
}

fn area(answers: &Answers, problems: &mut Vec<Problem>) {
    let Some(departments) = put(answers, &DEPARTMENTS) else {
        return;
    };
    if departments.len() > 1 && put(answers, &SEVERAL_REASON).is_none() {
        let values = vec![departments.len().to_string()];
        problems.push(broken(&SEVERAL_REASON, &SEVERAL_UNEXPLAINED, values));
    }
    if let Some(deposit) = put(answers, &DEPARTMENT).filter(|d| !departments.contains(d)) {
        problems.push(broken(&DEPARTMENTS, &DEPOSIT_ELSEWHERE, vec![deposit]).as_warning());
    }
    let Some(communes) = put(answers, &COMMUNES) else {
        return;
    };
    let mut of_communes: Vec<&str> = communes.iter().map(|code| department_of(code)).collect();
    of_communes.sort_unstable();
    of_communes.dedup();
    let strangers: Vec<&str> =
        of_communes.iter().copied().filter(|d| !departments.iter().any(|own| own == d)).collect();
    if !strangers.is_empty() {
        let values = vec![strangers.join(", ")];
        problems.push(broken(&COMMUNES, &COMMUNE_ELSEWHERE, values).as_warning());
    }
    let empty: Vec<&str> =
        departments.iter().map(String::as_str).filter(|d| !of_communes.contains(d)).collect();
    if !empty.is_empty() {
        let values = vec![empty.join(", ")];
        problems.push(broken(&DEPARTMENTS, &DEPARTMENT_WITHOUT_COMMUNE, values).as_warning());
    }
}

/// Département of an INSEE commune code: three characters overseas, two elsewhere.
fn department_of(commune: &str) -> &str {
    let overseas = commune.starts_with("97") || commune.starts_with("98");
    commune.get(..if overseas { 3 } else { 2 }).unwrap_or(commune)
}

/// Code of a quartier prioritaire, of 2015 (`QP`) or 2024 (`QN`). Nothing between two commas is
/// nothing wrong.
fn is_qpv(code: &str) -> bool {
    let upper = code.to_ascii_uppercase();
    upper.is_empty()
        || ((4..=8).contains(&upper.len())
            && (upper.starts_with("QN") || upper.starts_with("QP"))
            && upper.bytes().all(|b| b.is_ascii_alphanumeric()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::read::tests::{Case, answers, said, table};

    const READY: &[(&str, &str)] = &[
        ("demande.request_kind", "annual"),
        ("demande.department", "58"),
        ("territoire.sites#a", "oui"),
        ("territoire.sites.siret#a", "73282932000074"),
        ("territoire.sites#b", "oui"),
        ("territoire.sites.siret#b", "732829320 999 01"),
        ("territoire.territory_communes", "58194, 58086, 2A004, 97105"),
        ("territoire.territory_departments", "58, 2A, 971"),
        ("territoire.multi_dept_justification", "Un chantier itinérant."),
        ("territoire.qpv_list", "QN05801M, QP058001"),
    ];

    #[test]
    fn each_rule_speaks_of_its_own_mistake() {
        let cases: &[Case] = &[
            (&[], &[]),
            (
                &[("territoire.sites.siret#a", "73282932000075")],
                &["territoire.site_siret_wrong @territoire.sites.siret#a"],
            ),
            (&[("territoire.sites.siret#a", "12"), ("territoire.sites#a", "non")], &[]),
            (
                &[("territoire.multi_dept_justification", "")],
                &["territoire.several_unexplained @territoire.multi_dept_justification"],
            ),
            (
                &[("territoire.territory_communes", "58194, 71153, 2A004, 97105")],
                &["? territoire.commune_elsewhere @territoire.territory_communes"],
            ),
            (
                &[("territoire.territory_communes", "58194, 2A004")],
                &["? territoire.department_without_commune @territoire.territory_departments"],
            ),
            (
                &[("demande.department", "71")],
                &["? territoire.deposit_elsewhere @territoire.territory_departments"],
            ),
            (
                &[("territoire.qpv_list", "QN05801M, les Courlis")],
                &["territoire.qpv_wrong @territoire.qpv_list"],
            ),
        ];
        table(rules, READY, cases);
    }

    #[test]
    fn an_amendment_is_only_asked_about_sites() {
        let amendment: &[(&str, &str)] = &[
            ("demande.request_kind", "amendment"),
            ("territoire.multi_dept_justification", ""),
            ("territoire.qpv_list", "Courlis"),
        ];
        assert!(said(rules, &answers(&[READY, amendment].concat())).is_empty());
    }

    #[test]
    fn one_department_needs_no_reason() {
        let one: &[(&str, &str)] = &[
            ("territoire.territory_communes", "58194"),
            ("territoire.territory_departments", "58"),
            ("territoire.multi_dept_justification", ""),
        ];
        assert!(said(rules, &answers(&[READY, one].concat())).is_empty());
    }
}
