//! Rules of the step "Gouvernance et contacts".

use form::{Answers, At, Problem};

use super::{
    BOARD, BOARD_NAME, DELEGATION, GROUP_NAME, GROUP_SIREN, LABEL_END, LABEL_NAME, LABELS,
    LEGAL_REP_NAME,
};
use crate::{
    form::{
        demande::PERIOD_START,
        engagements::SIGNATORY_NAME,
        identification::{LEGAL_CATEGORY, SIRET},
        read::{broken, broken_in, put, put_in},
    },
    sentence::Sentence,
};

const BOARD_TOO_SMALL: Sentence = Sentence {
    code: "gouvernance.board_too_small",
    text: "Il manque des personnes dans les instances\u{a0}: {0} pour l'instant, {1} au moins sont attendues pour votre forme juridique. Ajoutez une ligne par personne.",
};
const LABEL_EXPIRED: Sentence = Sentence {
    code: "gouvernance.label_expired",
    text: "«\u{202f}{0}\u{202f}» sera échu avant le début de la période\u{a0}: il se termine le {1}. Indiquez la nouvelle échéance s'il est renouvelé, ou retirez la ligne.",
};
const GROUP_IS_SELF: Sentence = Sentence {
    code: "gouvernance.group_is_self",
    text: "Le SIREN du groupe est celui de votre structure. Écrivez celui de «\u{202f}{0}\u{202f}», ou videz le nom du groupe.",
};
const SIGNED_WITHOUT_DELEGATION: Sentence = Sentence {
    code: "gouvernance.signed_without_delegation",
    text: "{0} signe à l'étape Engagements, et n'est pas le représentant légal ({1})\u{a0}: répondez oui et joignez la délégation, ou corrigez l'un des deux noms.",
};

/// Every sentence of this step's rules.
pub const SENTENCES: &[Sentence] =
    &[BOARD_TOO_SMALL, LABEL_EXPIRED, GROUP_IS_SELF, SIGNED_WITHOUT_DELEGATION];

/// An association names three people at least, another private structure one; labels last into
/// the period; a group is somebody else; whoever signs is the legal representative or has a
/// delegation.
pub fn rules(answers: &Answers, problems: &mut Vec<Problem>) {
    board(answers, problems);
    labels(answers, problems);
    let siren = put(answers, &GROUP_SIREN);
    let own = put(answers, &SIRET);
    if siren.zip(own).is_some_and(|(siren, siret)| siret.starts_with(&siren)) {
        let name = put(answers, &GROUP_NAME).unwrap_or_default();
        problems.push(broken(&GROUP_SIREN, &GROUP_IS_SELF, vec![name]));
    }
    if let Some((signs, represents)) =
        put(answers, &SIGNATORY_NAME).zip(put(answers, &LEGAL_REP_NAME))
        && !is_same_person(&signs, &represents)
        && put(answers, &DELEGATION) != Some(true)
    {
        let values = vec![signs, represents];
        problems.push(broken(&DELEGATION, &SIGNED_WITHOUT_DELEGATION, values));
    }
}

/// Whether two names are the same, whatever the capitals, the spaces and which name comes first.
fn is_same_person(one: &str, other: &str) -> bool {
    let words = |name: &str| {
        let lower = name.to_lowercase();
        let parts = lower.split(|c: char| c.is_whitespace() || c == '-');
        let mut words: Vec<String> =
            parts.filter(|word| !word.is_empty()).map(str::to_owned).collect();
        words.sort_unstable();
        words
    };
    words(one) == words(other)
}

fn board(answers: &Answers, problems: &mut Vec<Problem>) {
    let Some(category) = put(answers, &LEGAL_CATEGORY) else {
        return;
    };
    let wanted = match category.as_bytes() {
        [b'7', ..] => 0,
        [b'9', b'2', ..] => 3,
        _ => 1,
    };
    let named = answers.rows(&BOARD).len();
    if BOARD_NAME.def.is_put(answers, "") && named < wanted {
        let values = vec![named.to_string(), wanted.to_string()];
        problems.push(Problem::rule(At::once(&BOARD.id), BOARD_TOO_SMALL.code, values));
    }
}

fn labels(answers: &Answers, problems: &mut Vec<Problem>) {
    let Some(start) = put(answers, &PERIOD_START) else {
        return;
    };
    for row in answers.rows(&LABELS) {
        if let Some(end) = put_in(answers, &LABEL_END, row).filter(|end| *end < start) {
            let name = put_in(answers, &LABEL_NAME, row).unwrap_or_default();
            let values = vec![name, end.french()];
            problems.push(broken_in(&LABEL_END, row, &LABEL_EXPIRED, values).as_warning());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::read::tests::{Case, answers, said, table};

    const READY: &[(&str, &str)] = &[
        ("demande.request_kind", "renewal"),
        ("demande.period_start", "01/01/2027"),
        ("identification.siret", "41816609600051"),
        ("identification.legal_category", "9220"),
        ("gouvernance.board#a", "oui"),
        ("gouvernance.board#b", "oui"),
        ("gouvernance.board#c", "oui"),
        ("gouvernance.labels#a", "oui"),
        ("gouvernance.labels.label#a", "CEDRE"),
        ("gouvernance.labels.expiry#a", "31/12/2028"),
        ("gouvernance.legal_rep.name", "Jeanne Martin-Roux"),
        ("gouvernance.signatory_delegation", "non"),
        ("engagements.signatory_name", "MARTIN ROUX  Jeanne"),
        ("gouvernance.group_membership.name", "Groupe Valbrune"),
        ("gouvernance.group_membership.siren", "732829320"),
    ];

    #[test]
    fn each_rule_speaks_of_its_own_mistake() {
        let cases: &[Case] = &[
            (&[], &[]),
            (
                &[("gouvernance.board#c", "non")],
                &["gouvernance.board_too_small @gouvernance.board"],
            ),
            (
                &[("gouvernance.labels.expiry#a", "31/12/2026")],
                &["? gouvernance.label_expired @gouvernance.labels.expiry#a"],
            ),
            (&[("gouvernance.labels.expiry#a", "01/01/2027")], &[]),
            (
                &[("engagements.signatory_name", "Jean Martin-Roux")],
                &["gouvernance.signed_without_delegation @gouvernance.signatory_delegation"],
            ),
            (
                &[
                    ("engagements.signatory_name", "Jean Martin-Roux"),
                    ("gouvernance.signatory_delegation", "oui"),
                ],
                &[],
            ),
            (
                &[
                    ("engagements.signatory_name", "Jean Martin-Roux"),
                    ("gouvernance.signatory_delegation", ""),
                ],
                &["gouvernance.signed_without_delegation @gouvernance.signatory_delegation"],
            ),
            (
                &[("gouvernance.group_membership.siren", "418166096")],
                &["gouvernance.group_is_self @gouvernance.group_membership.siren"],
            ),
        ];
        table(rules, READY, cases);
    }

    #[test]
    fn the_board_depends_on_the_legal_form_and_is_not_asked_every_year() {
        let one_person: &[(&str, &str)] =
            &[("gouvernance.board#b", "non"), ("gouvernance.board#c", "non")];
        let nobody: &[(&str, &str)] = &[("gouvernance.board#a", "non")];
        let said_for = |category: &'static str, kind: &'static str, people: &[&[(&str, &str)]]| {
            let head: &[(&str, &str)] =
                &[("identification.legal_category", category), ("demande.request_kind", kind)];
            let mut given = vec![READY, head];
            given.extend(people);
            said(rules, &answers(&given.concat())).len()
        };
        assert_eq!(said_for("9220", "renewal", &[one_person]), 1);
        assert_eq!(said_for("5499", "renewal", &[one_person]), 0);
        assert_eq!(said_for("5499", "renewal", &[one_person, nobody]), 1);
        assert_eq!(said_for("7210", "renewal", &[one_person, nobody]), 0);
        assert_eq!(said_for("9220", "annual", &[one_person]), 0);
    }
}
