use dossier::role::Role;
use service::mail::{Called, Item, Turn};

use super::*;

const UNSUBSCRIBE: &str = "https://trame.exemple.fr/desabonnement/A.demandes.00";

fn links() -> Links<'static> {
    Links { site: "https://trame.exemple.fr", unsubscribe: Some(UNSUBSCRIBE) }
}

fn dossier() -> Called {
    Called {
        id: "01J00000000000000000000001".into(),
        structure: "Les Ateliers".into(),
        department: "58".into(),
        form: "conventionnement".into(),
        request_kind: "renewal".into(),
        year: 2027,
    }
}

fn piece(items: Vec<Item>) -> Piece {
    Piece { dossier: Some(dossier()), structure: "Les Ateliers".into(), items }
}

fn of(items: Vec<Item>) -> Words {
    say(&Letter::Work { piece: piece(items) }, Millis(1_790_000_000_000), links())
}

fn every_item() -> Vec<Item> {
    let number = || "2027-058-000123".to_owned();
    let state = dossier::state::State::Accepted;
    vec![
        Item::Decided { state, annex: Some("ACI 058 27 0001 A0 M0".into()) },
        Item::Decided { state: dossier::state::State::Refused, annex: None },
        Item::Asked { points: 3, due: Some(20_800) },
        Item::Asked { points: 0, due: None },
        Item::Reminded { points: 1, due: 20_800, left: 1 },
        Item::Acknowledged { number: number(), ordinal: 1, at: Millis(1_790_000_000_000) },
        Item::Received { ordinal: 2 },
        Item::Complete,
        Item::Dialogue,
        Item::FollowUp,
        Item::Referred,
        Item::Signed { number: number() },
        Item::Convention {
            turn: Turn::Suspended { from: 20_800, until: Some(20_860) },
            number: number(),
        },
        Item::Convention { turn: Turn::Lifted, number: number() },
        Item::Convention { turn: Turn::Challenged, number: number() },
        Item::Convention { turn: Turn::Received { until: 20_800 }, number: number() },
        Item::Convention { turn: Turn::Closed, number: number() },
        Item::Convention { turn: Turn::Terminated { on: 20_800 }, number: number() },
        Item::Convention { turn: Turn::GoesOn { until: 20_800 }, number: number() },
        Item::Convention { turn: Turn::Answered, number: number() },
        Item::Answered { count: 2 },
        Item::Commented,
        Item::Withdrawn,
        Item::Entrusted,
        Item::AccessAsked,
        Item::AccessAnswered { accepted: true },
        Item::AccessAnswered { accepted: false },
    ]
}

#[test]
fn the_opening_of_a_termination_says_until_when_to_answer_and_cannot_be_turned_off() {
    let turn = Turn::Received { until: 20_800 };
    let words = of(vec![Item::Convention { turn, number: "058 010127 ACI 00001".into() }]);
    assert_eq!(words.subject, "Les Ateliers : vous pouvez répondre jusqu'au 13 décembre 2026");
    assert!(words.text.contains("/dossiers/01J00000000000000000000001/convention"));
    let text = words.text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(text.contains("ce message ne se désactive pas"), "{text}");
}

#[test]
fn a_return_says_how_much_and_until_when() {
    let words = of(vec![Item::Asked { points: 3, due: Some(20_800) }]);
    assert_eq!(words.subject, "Les Ateliers : la DDETS demande 3 points, environ 12 minutes");
    let link = "https://trame.exemple.fr/dossiers/01J00000000000000000000001/questions";
    assert!(words.text.contains(link) && words.html.contains(link));
    assert!(words.text.contains("13\u{a0}décembre 2026 au plus tard"), "{}", words.text);
    assert!(words.text.contains(UNSUBSCRIBE) && words.html.contains(UNSUBSCRIBE));
    assert_eq!(
        of(vec![Item::Asked { points: 1, due: None }]).subject,
        "Les Ateliers : la DDETS demande 1 point, environ 4 minutes"
    );
}

#[test]
fn every_item_has_a_subject_sentences_and_a_place_to_go() {
    for item in every_item() {
        let words = of(vec![item.clone()]);
        assert!(words.subject.contains("Les Ateliers"), "{item:?}");
        assert!(words.subject.chars().count() < 90, "{item:?}: {}", words.subject);
        assert!(words.text.contains("https://trame.exemple.fr/"), "{item:?}");
        assert!(
            words.text.lines().all(|line| line.starts_with("http") || line.chars().count() <= 72),
            "{}",
            words.text
        );
        // Typography: no plain space before high punctuation.
        for wrong in [" ?", " !", " ;", "« ", " »", "« "] {
            assert!(!words.text.contains(wrong), "{item:?} {wrong} {}", words.text);
        }
        assert!(words.html.contains(r#"lang="fr""#) && !words.html.contains("<img"));
    }
}

#[test]
fn several_things_are_one_message() {
    let words = of(vec![Item::Complete, Item::Dialogue, Item::Referred]);
    assert_eq!(words.subject, "Les Ateliers : votre dossier est complet, et 2 autres nouvelles");
    assert_eq!(words.text.matches("Voir où en est le dossier").count(), 3);
}

#[test]
fn a_decision_says_that_it_cannot_be_turned_off() {
    let state = dossier::state::State::Accepted;
    let letter = Letter::Work { piece: piece(vec![Item::Decided { state, annex: None }]) };
    let words = say(&letter, Millis(0), Links { unsubscribe: None, ..links() });
    assert!(words.html.contains("ne se désactive pas"));
    assert!(!words.text.contains("Ne plus recevoir"));
}

#[test]
fn the_digest_of_an_agent_counts_and_names() {
    let line = |due| Listed { id: "D".into(), structure: "Le Relais".into(), due };
    let territory = Territory {
        fresh: vec![line(Some(20_800)), line(None)],
        fresh_count: 2,
        late: vec![line(Some(20_700))],
        late_count: 4,
    };
    let pieces = vec![piece(vec![Item::Received { ordinal: 2 }])];
    let letter = Letter::Daily { pieces, territory: Some(territory) };
    let words = say(&letter, Millis(1_790_000_000_000), links());
    assert_eq!(
        words.subject,
        "Trame, 21 septembre 2026 : 2 dossiers arrivés, 4 en retard, 1 dossier a bougé"
    );
    assert!(words.text.contains("/dossiers/D/instruction") && words.text.contains("/territoire"));
}

#[test]
fn an_invitation_leads_to_its_link_and_to_no_preferences() {
    let letter = Letter::TeamInvitation {
        by: "Inès <ines>".into(),
        structure: Some("L'Étape & Cie".into()),
        departments: vec![],
        role: Role::SiaeMember,
        until: Millis(1_790_000_000_000),
        token: "abc".into(),
    };
    let words = say(&letter, Millis(0), Links { unsubscribe: None, ..links() });
    assert!(words.text.contains("https://trame.exemple.fr/rejoindre/abc"));
    assert!(!words.text.contains("preferences"));
    assert!(
        words.html.contains("Inès &lt;ines&gt;") && words.html.contains("L&#39;Étape &amp; Cie")
    );
}

#[test]
fn a_subject_is_one_line_whatever_a_structure_is_called() {
    let mut evil = piece(vec![Item::Complete]);
    evil.structure = "Les\r\nBcc: x@y.fr\tAteliers".into();
    let words = say(&Letter::Work { piece: evil }, Millis(0), links());
    assert!(words.subject.starts_with("Les Bcc: x@y.fr Ateliers :"));
}
