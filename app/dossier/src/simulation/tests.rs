use form::{At, overlay::Overlay};
use serde_json::{Value, json};

use super::*;
use crate::form::{NAME, form_of, read::tests::answers};

fn variant(edits: Value) -> Form {
    let overlay: Overlay = serde_json::from_value(json!({
        "form": NAME, "revision": 2, "name": "essai", "title": "Essai", "reach": "variant",
        "edits": edits,
    }))
    .unwrap();
    let national = form_of(NAME, 2).unwrap();
    Form::read(overlay.over(national.revision, &[], 1).unwrap()).unwrap()
}

/// The facts of a dossier that puts the questions of people, and what it says.
fn said(pairs: &[(&str, &str)]) -> Answers {
    let facts =
        [("demande.request_kind", "annual"), ("demande.kind", "ACI"), ("demande.year", "2027")];
    answers(&[&facts, pairs].concat())
}

fn replayed(to: Form, dossiers: &[(&str, &str, bool, &Answers)], notes: &[At]) -> Report {
    let national = form_of(NAME, 2).unwrap();
    let mut replay = Replay::of(to);
    for (dossier, structure, is_deposited, answers) in dossiers {
        let (dossier, id) = (DossierId::from(*dossier), StructureId::from(*structure));
        let notes = if *is_deposited { notes } else { &[] };
        let (is_deposited, answers) = (*is_deposited, *answers);
        let subject = Subject {
            dossier: &dossier,
            structure: &id,
            name: structure,
            department: "58",
            is_deposited,
            answers,
            notes,
        };
        replay.add(national, &subject);
    }
    replay.finish()
}

const HIDDEN: &str = "moyens.recruit_forecast";

#[test]
fn a_hidden_question_is_a_loss_for_whoever_answered_it() {
    let to = variant(json!([{ "hide": { "id": HIDDEN } }]));
    let national = form_of(NAME, 2).unwrap();
    assert!(national.revision.place(HIDDEN).is_some());
    let (wrote, did_not) = (said(&[(HIDDEN, "12")]), said(&[]));
    assert!(wrote.relevant(national.revision).contains(&At::once(HIDDEN)), "it is put here");
    let notes = [At::once(HIDDEN), At::once("moyens")];
    let report = replayed(
        to,
        &[("1", "a", false, &wrote), ("2", "a", false, &did_not), ("3", "b", true, &wrote)],
        &notes,
    );
    assert_eq!((report.drafts, report.deposits, report.untouched), (2, 1, 1));
    let keys: Vec<String> = report.losses.iter().map(Loss::key).collect();
    assert_eq!(keys, [format!("not_asked:{HIDDEN}"), format!("note:{HIDDEN}")]);
    let lost = &report.losses[0];
    assert_eq!((lost.drafts, lost.deposits, lost.answers, lost.dossiers()), (1, 1, 2, 2));
    assert_eq!(lost.named[1].structure, "b");
    assert!(!serde_json::to_string(&report).unwrap().contains("\"12\""), "no text of anybody");
}

#[test]
fn a_required_question_is_a_gain_and_takes_time() {
    let question = json!({ "id": "essai.q", "label": "Combien ?", "kind": "yes_no" });
    let to = variant(json!([
        { "add_question": { "group": "moyens.time", "question": question } },
    ]));
    let one = said(&[]);
    let report = replayed(
        to,
        &[("1", "a", false, &one), ("2", "a", false, &one), ("3", "b", false, &one)],
        &[],
    );
    assert!(report.losses.is_empty());
    assert_eq!(report.gains.len(), 1);
    assert_eq!((report.gains[0].field.as_str(), report.gains[0].drafts), ("essai.q", 3));
    let Time { structures, touched, seconds, longest } = report.time;
    assert_eq!((structures, touched, seconds), (2, 2, 3 * 90));
    assert_eq!((longest[0].structure.as_str(), longest[0].seconds), ("a", 180));
}

#[test]
fn what_was_accepted_holds_until_more_is_lost() {
    let to = variant(json!([{ "hide": { "id": HIDDEN } }]));
    let wrote = said(&[(HIDDEN, "12")]);
    let one = replayed(to, &[("1", "a", false, &wrote)], &[]);
    assert_eq!(unaccepted(&one, &[]).len(), 1);
    let by = |dossiers| Accepted {
        loss: one.losses[0].key(),
        dossiers,
        at: 0,
        by_name: "Samir".to_owned(),
    };
    assert!(unaccepted(&one, &[by(1)]).is_empty());
    let two = replayed(to, &[("1", "a", false, &wrote), ("2", "b", false, &wrote)], &[]);
    assert_eq!(unaccepted(&two, &[by(1)]).len(), 1, "one dossier more than was accepted");
}
