//! Step "Pièces justificatives": for each piece, whether it is joined, and under which name.

mod kinds;
mod list;

use form::{Answers, At, Choice, Field, Group, Problem, Section, choices, number};

use super::{
    activites,
    asked::{IN_1, IN_1RA},
    read::{broken, put},
};
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
    "not_concerned" "Ne me concerne pas"
];

/// A piece that is new each year.
const YEARLY: &[Choice] = choices!["joined" "Je la joins", "not_concerned" "Ne me concerne pas"];

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
    .groups(const { &[list::COMMON, list::ANNUAL, kinds::FOR_EI_ONLY, kinds::FOR_ETTI_ONLY, kinds::FOR_AI_ONLY, kinds::FOR_ACI_ONLY, kinds::FOR_PRISON_ONLY, kinds::FOR_EITI_ONLY] });

const NEVER_SENT: Sentence = Sentence {
    code: "pieces.never_sent",
    text: "C'est votre première demande : cette pièce n'a pas encore pu être transmise. Choisissez « Je la joins ».",
};

const CDI_AGREEMENT: Sentence = Sentence {
    code: "pieces.cdi_agreement",
    text: "Le CDI inclusion fait {0} % de vos ETP, au-delà de 20 %. Joignez la décision du préfet ou votre demande, ou réduisez cette part à l'étape Activités et postes.",
};

/// Every sentence of this step's rules.
pub const SENTENCES: &[Sentence] = &[NEVER_SENT, CDI_AGREEMENT];

/// Whether a piece is joined, or was sent before.
pub fn is_given(answers: &Answers, piece: &Field<String>) -> bool {
    put(answers, piece).is_some_and(|status| status != "not_concerned")
}

/// What exceeds a limit is allowed by its piece; in a first request, nothing was sent before.
pub fn rules(answers: &Answers, problems: &mut Vec<Problem>) {
    if let Some(share) = activites::open_ended_above(answers)
        && put(answers, &CDI).is_some_and(|status| status == "not_concerned")
    {
        problems.push(broken(&CDI, &CDI_AGREEMENT, vec![number::display_scaled(share.0, 2)]));
    }
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
            ("first", "EI", 12),
            ("first", "ETTI", 13),
            ("first", "AI", 13),
            ("first", "ACI", 13),
            ("first", "EITI", 13),
            ("annual", "EI", 6),
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
        for piece in [&ACCOUNTS, &URSSAF, &TAX, &ACTIVITY] {
            let kind = &piece.def.kind;
            assert!(kind.canonical("unchanged").is_err(), "{} is new each year", piece.def.id);
        }
    }

    #[test]
    fn open_ended_contracts_above_their_share_come_with_a_decision() {
        let posts = [
            ("demande.request_kind", "annual"),
            ("demande.siae_kind", "EI"),
            ("activites.posts+a", ""),
            ("activites.posts.etp#a", "7,9"),
            ("activites.posts.contract#a", "cddi"),
            ("activites.posts+b", ""),
            ("activites.posts.etp#b", "2,1"),
            ("activites.posts.contract#b", "cdi_inclusion"),
            ("pieces.ei_cdi_agreement", "not_concerned"),
        ];
        table(
            rules,
            &posts,
            &[
                (&[], &["pieces.cdi_agreement @pieces.ei_cdi_agreement"]),
                (&[("pieces.ei_cdi_agreement", "joined")], &[]),
                (&[("pieces.ei_cdi_agreement", "unchanged")], &[]),
                (&[("activites.posts.etp#a", "8,4")], &[]),
                (&[("demande.siae_kind", "ACI")], &[]),
            ],
        );
    }

    #[test]
    fn a_prison_contract_is_asked_where_there_are_posts_in_prison() {
        let put = |kind| {
            let filled = answers(&[
                ("demande.request_kind", "first"),
                ("demande.siae_kind", kind),
                ("demande.perimeter", "MP"),
            ]);
            PRISON.def.is_put(&filled, "")
        };
        assert_eq!((put("ACI"), put("EI"), put("AI")), (true, true, false));
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
