//! Rules of the step "Identification".

use form::{Answers, Kind, Problem, identifier};

use super::{
    ACRONYM, ASP_ID, CREATION_DATE, HEAD_POSTCODE, HOLDER, LEGAL_CATEGORY, LEGAL_NAME, NAF,
    NAF_SECTION, SIRET, SIRET_SIGNATURE, SITE_POSTCODE, TRADE_NAME, VAT_NUMBER, section_of,
};
use crate::{
    form::{
        asked::FOR_AI,
        demande::{DEPARTMENT, PERIOD_START},
        read::{broken, put},
    },
    sentence::Sentence,
};

const SIRET_OF_BRANCH: Sentence = Sentence {
    code: "identification.siret_of_branch",
    text: "Ce SIRET est un numéro provisoire d'antenne. Écrivez celui de l'établissement qui signe la convention\u{a0}; l'antenne se déclare à l'étape Territoire.",
};
const ASP_ID_NOT_DIGITS: Sentence = Sentence {
    code: "identification.asp_id_not_digits",
    text: "Le numéro de structure à l'ASP n'a que des chiffres, sans espace. Recopiez-le depuis l'extranet IAE 2.0.",
};
const SIGNED_BY_ANOTHER: Sentence = Sentence {
    code: "identification.signed_by_another",
    text: "Le SIRET à la signature n'appartient pas à la même structure\u{a0}: il devrait commencer par {0}. Vérifiez les deux numéros, ou parlez-en à votre DDETS si une fusion a eu lieu.",
};
const SECTION_UNLIKE_NAF: Sentence = Sentence {
    code: "identification.section_unlike_naf",
    text: "Le code APE {0} appartient au secteur {1}. Choisissez ce secteur, ou corrigez le code.",
};
const UNKNOWN_NAF: Sentence = Sentence {
    code: "identification.unknown_naf",
    text: "Le code APE {0} n'existe pas dans la nomenclature. Recopiez celui de votre avis de situation de l'Insee.",
};
const CREATED_TOO_LATE: Sentence = Sentence {
    code: "identification.created_too_late",
    text: "La structure serait créée le {0}, après le début de la période demandée ({1}). Corrigez l'une des deux dates.",
};
const AI_NOT_ASSOCIATION: Sentence = Sentence {
    code: "identification.ai_not_association",
    text: "Une association intermédiaire est une association (Code du travail, article L. 5132-7), et la catégorie juridique {0} n'en désigne pas une. Vérifiez-la, ou parlez-en à votre DDETS.",
};
const OTHER_DEPARTMENT: Sentence = Sentence {
    code: "identification.other_department",
    text: "Aucune de vos adresses n'est dans le département de dépôt ({0}). Vérifiez les codes postaux, ou signalez-le à votre DDETS.",
};
const VAT_OF_ANOTHER: Sentence = Sentence {
    code: "identification.vat_of_another",
    text: "Ce numéro de TVA est celui d'une autre structure\u{a0}: il devrait se terminer par {0}. Recopiez-le depuis une de vos factures.",
};
const HOLDER_UNLIKE_NAME: Sentence = Sentence {
    code: "identification.holder_unlike_name",
    text: "Le titulaire du compte, «\u{202f}{0}\u{202f}», ne ressemble pas au nom de la structure. L'ASP risque de rejeter le relevé\u{a0}: vérifiez le nom écrit dessus.",
};

/// Every sentence of this step's rules.
pub const SENTENCES: &[Sentence] = &[
    SIRET_OF_BRANCH,
    ASP_ID_NOT_DIGITS,
    SIGNED_BY_ANOTHER,
    SECTION_UNLIKE_NAF,
    UNKNOWN_NAF,
    CREATED_TOO_LATE,
    AI_NOT_ASSOCIATION,
    OTHER_DEPARTMENT,
    VAT_OF_ANOTHER,
    HOLDER_UNLIKE_NAME,
];

/// The numbers are those of one structure, its sector is that of its APE code, its legal form that
/// of its kind, and what is written elsewhere (period, département, bank) fits.
pub fn rules(answers: &Answers, problems: &mut Vec<Problem>) {
    numbers(answers, problems);
    sector(answers, problems);
    if FOR_AI.holds(answers, "")
        && let Some(category) = put(answers, &LEGAL_CATEGORY).filter(|c| !c.starts_with("92"))
    {
        let problem = broken(&LEGAL_CATEGORY, &AI_NOT_ASSOCIATION, vec![category]);
        problems.push(problem.as_warning());
    }
    dates_and_places(answers, problems);
    holder(answers, problems);
}

fn numbers(answers: &Answers, problems: &mut Vec<Problem>) {
    // Branch numbers seldom have a right key: they are looked for in what was typed.
    let typed = answers.raw(&SIRET.def.id, "");
    if SIRET.def.is_put(answers, "") && is_branch_number(typed) {
        problems.push(broken(&SIRET, &SIRET_OF_BRANCH, vec![]));
    }
    if put(answers, &ASP_ID).is_some_and(|id| !id.bytes().all(|b| b.is_ascii_digit())) {
        problems.push(broken(&ASP_ID, &ASP_ID_NOT_DIGITS, vec![]));
    }
    let Some(siret) = put(answers, &SIRET) else {
        return;
    };
    let Some(company) = siret.get(..9) else {
        return;
    };
    let shown = || vec![Kind::Siren.display(company)];
    if put(answers, &SIRET_SIGNATURE).is_some_and(|signed| !signed.starts_with(company)) {
        problems.push(broken(&SIRET_SIGNATURE, &SIGNED_BY_ANOTHER, shown()));
    }
    if put(answers, &VAT_NUMBER).is_some_and(|vat| !vat.ends_with(company)) {
        problems.push(broken(&VAT_NUMBER, &VAT_OF_ANOTHER, shown()));
    }
}

/// Whether this is a number that Les emplois made up for a branch: `999` after the SIREN.
pub fn is_branch_number(text: &str) -> bool {
    let digits: String = text.chars().filter(char::is_ascii_alphanumeric).collect();
    digits.len() == 14
        && digits.bytes().all(|b| b.is_ascii_digit())
        && digits.get(9..12) == Some("999")
}

fn sector(answers: &Answers, problems: &mut Vec<Problem>) {
    let Some(naf) = put(answers, &NAF) else {
        return;
    };
    let shown = Kind::Naf.display(&naf);
    let Some(section) = section_of(&naf) else {
        problems.push(broken(&NAF, &UNKNOWN_NAF, vec![shown]));
        return;
    };
    if put(answers, &NAF_SECTION).is_some_and(|chosen| chosen != section) {
        let name = NAF_SECTION.def.kind.display(section);
        problems.push(broken(&NAF_SECTION, &SECTION_UNLIKE_NAF, vec![shown, name]));
    }
}

fn dates_and_places(answers: &Answers, problems: &mut Vec<Problem>) {
    let dates = put(answers, &CREATION_DATE).zip(put(answers, &PERIOD_START));
    if let Some((created, start)) = dates
        && created > start
    {
        let values = vec![created.french(), start.french()];
        problems.push(broken(&CREATION_DATE, &CREATED_TOO_LATE, values));
    }
    let postcodes = [put(answers, &HEAD_POSTCODE), put(answers, &SITE_POSTCODE)];
    let found: Vec<String> = postcodes
        .iter()
        .flatten()
        .filter_map(|postcode| identifier::department_of_postcode(postcode))
        .collect();
    if let Some(wanted) = put(answers, &DEPARTMENT)
        && !found.is_empty()
        && !found.contains(&wanted)
    {
        let at = if postcodes[1].is_some() { &SITE_POSTCODE } else { &HEAD_POSTCODE };
        problems.push(broken(at, &OTHER_DEPARTMENT, vec![wanted]).as_warning());
    }
}

/// The holder shares a telling word with one of the names. The account of a public body is held by
/// the Treasury: nothing to compare.
fn holder(answers: &Answers, problems: &mut Vec<Problem>) {
    let public = put(answers, &LEGAL_CATEGORY).is_some_and(|category| category.starts_with('7'));
    let (Some(holder), Some(name), false) =
        (put(answers, &HOLDER), put(answers, &LEGAL_NAME), public)
    else {
        return;
    };
    let mut names = words(&name);
    for other in [put(answers, &TRADE_NAME), put(answers, &ACRONYM)].into_iter().flatten() {
        names.extend(words(&other));
    }
    if !names.is_empty() && !words(&holder).iter().any(|word| names.contains(word)) {
        problems.push(broken(&HOLDER, &HOLDER_UNLIKE_NAME, vec![holder]).as_warning());
    }
}

/// Words that tell a name from another: capitals without accents, legal forms left out.
fn words(name: &str) -> Vec<String> {
    const COMMON: [&str; 12] = [
        "ASSOCIATION",
        "ASSO",
        "ASS",
        "SOCIETE",
        "SARL",
        "SAS",
        "SCOP",
        "SCIC",
        "LES",
        "DES",
        "POUR",
        "INSERTION",
    ];
    let plain: String = name.to_uppercase().chars().map(without_accent).collect();
    plain
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.chars().count() >= 3 && !COMMON.contains(word))
        .map(str::to_owned)
        .collect()
}

fn without_accent(c: char) -> char {
    match c {
        'À' | 'Â' | 'Ä' => 'A',
        'É' | 'È' | 'Ê' | 'Ë' => 'E',
        'Î' | 'Ï' => 'I',
        'Ô' | 'Ö' => 'O',
        'Ù' | 'Û' | 'Ü' => 'U',
        'Ç' => 'C',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::read::tests::{Case, answers, said, table};

    const READY: &[(&str, &str)] = &[
        ("demande.request_kind", "renewal"),
        ("demande.siae_kind", "ACI"),
        ("demande.department", "58"),
        ("demande.period_start", "01/01/2027"),
        ("identification.siret", "418 166 096 00051"),
        ("identification.siret_signature", "41816609600051"),
        ("identification.legal_name", "Association Les Ateliers de Valbrune"),
        ("identification.legal_category", "9220"),
        ("identification.naf", "88.99B"),
        ("identification.naf_section", "Q"),
        ("identification.creation_date", "12/03/1998"),
        ("identification.head_address.postcode", "75011"),
        ("identification.site_address.postcode", "58000"),
        ("identification.holder", "ASS ATELIERS VALBRUNE"),
    ];

    #[test]
    fn each_rule_speaks_of_its_own_mistake() {
        let cases: &[Case] = &[
            (&[], &[]),
            (&[("identification.asp_id", "905801")], &[]),
            (
                &[("identification.asp_id", "905 801")],
                &["identification.asp_id_not_digits @identification.asp_id"],
            ),
            (
                &[("identification.siret", "41816609699901")],
                &["identification.siret_of_branch @identification.siret"],
            ),
            (
                &[("identification.siret_signature", "73282932000074")],
                &["identification.signed_by_another @identification.siret_signature"],
            ),
            (
                &[("identification.naf_section", "N")],
                &["identification.section_unlike_naf @identification.naf_section"],
            ),
            (
                &[("identification.naf", "0400Z")],
                &["identification.unknown_naf @identification.naf"],
            ),
            (
                &[("identification.creation_date", "01/02/2027")],
                &["identification.created_too_late @identification.creation_date"],
            ),
            (
                &[("identification.site_address.postcode", "20200")],
                &["? identification.other_department @identification.site_address.postcode"],
            ),
            (
                &[
                    ("identification.vat_status", "oui"),
                    ("identification.vat_number", "FR44732829320"),
                ],
                &["identification.vat_of_another @identification.vat_number"],
            ),
            (
                &[("identification.holder", "Jeanne Martin")],
                &["? identification.holder_unlike_name @identification.holder"],
            ),
        ];
        table(rules, READY, cases);
    }

    #[test]
    fn rules_are_silent_on_questions_that_are_not_put() {
        let annual: &[(&str, &str)] = &[
            ("demande.request_kind", "annual"),
            ("identification.creation_date", "01/02/2027"),
            ("identification.vat_status", "oui"),
            ("identification.vat_number", "FR44732829320"),
        ];
        assert!(said(rules, &answers(&[READY, annual].concat())).is_empty());
        let not_vat: &[(&str, &str)] =
            &[("identification.vat_status", "non"), ("identification.vat_number", "FR44732829320")];
        assert!(said(rules, &answers(&[READY, not_vat].concat())).is_empty());
    }

    #[test]
    fn an_association_intermediaire_is_an_association() {
        let of = |kind, category| {
            let head: &[(&str, &str)] =
                &[("demande.siae_kind", kind), ("identification.legal_category", category)];
            said(rules, &answers(&[READY, head].concat()))
        };
        let expected = ["? identification.ai_not_association @identification.legal_category"];
        assert_eq!(of("AI", "5499"), expected);
        assert_eq!(of("AI", "7367"), expected);
        assert!(of("AI", "9220").is_empty() && of("ACI", "5499").is_empty());
    }

    #[test]
    fn the_account_of_a_public_body_is_held_by_the_treasury() {
        let town: &[(&str, &str)] = &[
            ("identification.legal_category", "7210"),
            ("identification.holder", "Trésor public"),
        ];
        assert!(said(rules, &answers(&[READY, town].concat())).is_empty());
    }

    #[test]
    fn the_rna_is_required_of_the_associations_that_have_one() {
        let required = |category: &'static str| {
            let answers =
                answers(&[READY, &[("identification.legal_category", category)]].concat());
            let rna = &super::super::RNA.def;
            (rna.is_put(&answers, ""), rna.required.holds(&answers, ""))
        };
        assert_eq!(required("9220"), (true, true));
        assert_eq!(required("9260"), (true, false));
        assert_eq!(required("9210"), (true, false), "never declared, it has no number");
        assert_eq!(required("5499"), (false, false));
    }

    #[test]
    fn bank_details_change_as_a_whole() {
        let required = |change: &[(&str, &str)]| {
            super::super::BIC.def.required.holds(&answers(&[READY, change].concat()), "")
        };
        assert!(!required(&[]));
        assert!(required(&[("identification.iban", "FR1420041010050500013M02606")]));
        assert!(required(&[("demande.request_kind", "first")]));
    }
}
