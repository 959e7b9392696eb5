//! Step "Pièces justificatives": for each piece, whether it is joined, and under which name.

mod kinds;
mod list;

use form::{Answers, At, Choice, Group, Problem, Section, choices};

use super::asked::{IN_1, IN_1RA};
use crate::sentence::Sentence;

pub use kinds::*;
pub use list::*;

/// A piece that is always there.
const ESSENTIAL: &[Choice] =
    choices!["joined" "Je la joins", "unchanged" "Déjà transmise, inchangée"];

/// A piece that may not concern everybody.
const POSSIBLE: &[Choice] = choices![
    "joined" "Je la joins",
    "unchanged" "Déjà transmise, inchangée",
    "not_concerned" "Sans objet"
];

/// Declares a piece: what becomes of it, and the name of its document when it is joined.
macro_rules! piece {
    ($status:ident, $file:ident, $name:literal, $asked:ident, $kind:ident, $choices:ident;
     $label:literal, $hint:literal, $why:literal) => {
        #[doc = $label]
        pub static $status: ::form::Field<String> =
            ::form::Field::one_of(concat!("pieces.", $name), $label, super::$choices)
                .hint($hint)
                .why($why)
                .asked($asked)
                .visible_when($kind);
        #[doc = concat!("Document : ", $label)]
        pub static $file: ::form::Field<String> =
            ::form::Field::file(concat!("pieces.", $name, "_file"), "Nom du document")
                .hint("Écrivez le nom du document que vous tenez prêt, par exemple document.pdf. Vous l'enverrez plus tard.")
                .asked($asked)
                .visible_when(::form::all![
                    $kind,
                    ::form::one_of!(concat!("pieces.", $name); "joined")
                ]);
    };
}
use piece;

/// The step.
pub static SECTION: Section = Section::new("pieces", "Pièces justificatives")
    .intro("Pour chaque pièce, dites si vous la joignez. Ce que vous avez déjà transmis et qui n'a pas changé n'est pas redemandé.")
    .when(IN_1RA)
    .groups(const { &[list::COMMON, list::YEARLY, kinds::FOR_EI_ONLY, kinds::FOR_ETTI_ONLY, kinds::FOR_AI_ONLY, kinds::FOR_ACI_ONLY, kinds::FOR_PRISON_ONLY, kinds::FOR_EITI_ONLY] });

const NEVER_SENT: Sentence = Sentence {
    code: "pieces.never_sent",
    text: "C'est votre première demande : cette pièce n'a pas encore pu être transmise. Choisissez « Je la joins ».",
};

/// Every sentence of this step's rules.
pub const SENTENCES: &[Sentence] = &[NEVER_SENT];

/// In a first request, nothing was sent before.
pub fn rules(answers: &Answers, problems: &mut Vec<Problem>) {
    if !IN_1.holds(answers, "") {
        return;
    }
    for field in SECTION.groups.iter().flat_map(Group::fields) {
        if field.is_put(answers, "") && answers.raw(&field.id, "").trim() == "unchanged" {
            problems.push(Problem::rule(At::once(&field.id), NEVER_SENT.code, vec![]));
        }
    }
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use form::{Moment, Revision, check};

    use super::*;
    use crate::form::read::tests::{answers, table};

    #[test]
    fn each_request_and_kind_has_its_pieces() {
        let form = Revision::new("test", 1, vec![Cow::Borrowed(&SECTION)]);
        for (request, kind, pieces) in [
            ("first", "EI", 13),
            ("first", "ETTI", 14),
            ("first", "AI", 14),
            ("first", "ACI", 14),
            ("first", "EITI", 14),
            ("annual", "EI", 5),
            ("annual", "ETTI", 5),
            ("annual", "AI", 5),
            ("annual", "ACI", 6),
            ("annual", "EITI", 5),
            ("amendment", "ACI", 0),
        ] {
            let filled = answers(&[("demande.request_kind", request), ("demande.siae_kind", kind)]);
            let missing = check(&form, &filled, &[], Moment::Deposit);
            assert_eq!(missing.len(), pieces, "{request} {kind}");
        }
    }

    #[test]
    fn a_joined_piece_has_a_name() {
        let filled = |status| {
            answers(&[
                ("demande.request_kind", "renewal"),
                ("demande.siae_kind", "EI"),
                ("pieces.statutes", status),
            ])
        };
        assert!(STATUTES_FILE.def.is_put(&filled("joined"), ""));
        assert!(!STATUTES_FILE.def.is_put(&filled("unchanged"), ""));
        let kind = &STATUTES.def.kind;
        assert!(kind.canonical("not_concerned").is_err(), "statutes concern everybody");
    }

    #[test]
    fn a_first_request_has_sent_nothing_before() {
        table(
            rules,
            &[("pieces.statutes", "unchanged"), ("pieces.ei_market_note", "joined")],
            &[
                (&[("demande.request_kind", "first")], &["pieces.never_sent @pieces.statutes"]),
                (&[("demande.request_kind", "renewal")], &[]),
            ],
        );
    }
}
