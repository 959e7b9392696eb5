use std::borrow::Cow;

use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::ROW_HERE;
use crate::{
    Moment, Section, check, diff,
    fixture::{answers, form, ready_but},
};

/// The form of tests, a revision later: a question renamed, one with other values, one gone, one
/// more, one in other words, one of another kind, a table with another id.
fn next() -> Revision {
    let text = serde_json::to_string(&form()).unwrap();
    let text = text.replace("s.rows", "s.list").replace("s.name", "s.title");
    let mut value: serde_json::Value = serde_json::from_str(&text).unwrap();
    value["number"] = json!(2);
    let fields = &mut value["sections"][0]["groups"][0]["body"]["fields"];
    fields[0]["label"] = json!("Nom complet");
    fields[1]["kind"] = json!({ "integer": { "min": 0, "max": 9 } });
    fields[3] = json!({ "id": "s.more", "label": "Encore", "kind": { "text": { "max": 9 } } });
    serde_json::from_value(value).unwrap()
}

fn moves() -> Vec<Move> {
    vec![
        Move::Renamed { from: "s.name", to: "s.title" },
        Move::Renamed { from: "s.rows", to: "s.list" },
        Move::Renamed { from: "s.rows.part", to: "s.list.part" },
        Move::Renamed { from: "s.rows.note", to: "s.list.note" },
        Move::Recoded { field: "s.asks", values: Cow::Borrowed(&[("yes", "oui")]) },
        Move::Retired { field: "s.reason" },
    ]
}

fn follow(answers: &Answers, plan: &Plan) -> Answers {
    let mut after = answers.clone();
    for (at, raw) in &plan.writes {
        after.set(at.clone(), raw.clone());
    }
    after
}

#[test]
fn what_changed_is_told_and_every_text_finds_its_place() {
    let before = ready_but(&[("s.asks", "yes"), ("s.reason", "parce que"), ("s.amount", "12,5")]);
    let told = plan(&form(), &next(), &moves(), &before);
    let after = follow(&before, &told);
    for (field, row, raw) in [
        ("s.title", "", "La Forge"),
        ("s.name", "", ""),
        ("s.asks", "", "oui"),
        ("s.list", "a", ROW_HERE),
        ("s.list.part", "a", "12"),
        ("s.reason", "", "parce que"),
    ] {
        assert_eq!(after.raw(field, row), raw, "{field}#{row}");
    }
    assert_eq!(told.added, ["s.more"]);
    assert_eq!(told.reworded, ["s.title"]);
    assert_eq!(told.aside, [(At::once("s.reason"), "parce que".to_owned())]);
    assert_eq!(told.unfit.len(), 1);
    assert_eq!(told.unfit[0].0, At::once("s.amount"));
}

#[test]
fn the_way_back_leads_back() {
    let before = ready_but(&[("s.asks", "yes"), ("s.reason", "parce que")]);
    let after = follow(&before, &plan(&form(), &next(), &moves(), &before));
    let home = follow(&after, &plan(&next(), &form(), &back(&moves()), &after));
    let said = |answers: &Answers| -> Vec<(At, String)> {
        let all = answers.iter().filter(|(_, answer)| !answer.raw.is_empty());
        all.map(|(at, answer)| (at, answer.raw.clone())).collect()
    };
    assert_eq!(said(&home), said(&before));
}

#[test]
fn nothing_changes_between_a_form_and_itself() {
    let told = plan(&form(), &form(), &[], &ready_but(&[("s.amount", "x")]));
    assert_eq!(told, Plan::default());
}

#[test]
fn a_place_that_is_taken_is_not_written_over() {
    let both = answers(&[("s.name", "avant"), ("s.title", "après")]);
    let told = plan(&form(), &next(), &moves(), &both);
    assert!(told.writes.is_empty());
    assert_eq!(told.aside, [(At::once("s.name"), "avant".to_owned())]);
}

const IDS: [&str; 6] = ["q.a", "q.b", "q.c", "q.d", "q.e", "q.f"];

/// A form of one step that asks these questions, each of the kind of this rank.
fn asking(number: u32, kinds: &[Option<u8>]) -> Revision {
    let kind = |rank: u8| match rank {
        0 => json!({ "text": { "max": 12 } }),
        1 => json!({ "integer": { "min": 0, "max": 50 } }),
        2 => json!("yes_no"),
        _ => json!({ "money": { "negative": false } }),
    };
    let asked = IDS.iter().zip(kinds).filter_map(|(id, rank)| Some((id, (*rank)?)));
    let fields: Vec<_> =
        asked.map(|(id, rank)| json!({ "id": id, "label": id, "kind": kind(rank) })).collect();
    let section: Section = serde_json::from_value(json!({
        "id": "q", "title": "Q",
        "groups": [{ "id": "q.all", "title": "Q", "body": { "fields": fields } }],
    }))
    .unwrap();
    Revision::new("hasard", number, vec![Cow::Owned(section)])
}

fn any_form(number: u32) -> impl Strategy<Value = Revision> {
    prop::collection::vec(prop::option::of(0..4_u8), IDS.len())
        .prop_map(move |kinds| asking(number, &kinds))
}

fn any_moves() -> impl Strategy<Value = Vec<Move>> {
    let id = || prop::sample::select(IDS.to_vec());
    prop::collection::vec((id(), id()).prop_map(|(from, to)| Move::Renamed { from, to }), 0..5)
}

fn any_answers() -> impl Strategy<Value = Answers> {
    let one = (prop::sample::select(IDS.to_vec()), "[a-z0-9, ]{0,6}|oui|non|[0-9]{1,3}");
    prop::collection::vec(one, 0..8).prop_map(|pairs| {
        let pairs: Vec<_> = pairs.iter().map(|(id, raw)| (*id, raw.as_str())).collect();
        answers(&pairs)
    })
}

fn texts_of(answers: &Answers) -> Vec<String> {
    let all = answers.iter().map(|(_, answer)| answer.raw.clone());
    let mut texts: Vec<String> = all.filter(|raw| !raw.is_empty()).collect();
    texts.sort();
    texts
}

proptest! {
    #[test]
    fn no_text_is_ever_lost(
        from in any_form(1), to in any_form(2), moves in any_moves(), before in any_answers()
    ) {
        let told = plan(&from, &to, &moves, &before);
        let after = follow(&before, &told);
        prop_assert_eq!(texts_of(&after), texts_of(&before));
        for (at, answer) in after.iter().filter(|(_, answer)| !answer.raw.trim().is_empty()) {
            let is_asked = to.place(&at.field).is_some();
            let is_aside = told.aside.contains(&(at.clone(), answer.raw.clone()));
            prop_assert!(is_asked != is_aside, "{} is shown once", at);
        }
        // Whatever the form, its answers are checked, compared and gone through.
        check(&to, &after, &[], Moment::Deposit);
        diff(&to, &before, &after);
        let home = follow(&after, &plan(&to, &from, &back(&moves), &after));
        prop_assert_eq!(texts_of(&home), texts_of(&before));
    }
}

/// Forms that a draft may be led to: the next revision, or this one with questions hidden, gone, of
/// another kind.
fn led_to(which: u8, field: usize) -> (Revision, Vec<Move>) {
    if which == 0 {
        return (next(), moves());
    }
    let mut value: serde_json::Value = serde_json::to_value(form()).unwrap();
    let fields = &mut value["sections"][0]["groups"][0]["body"]["fields"];
    match which {
        1 => fields[field]["visible"] = json!("never"),
        2 => drop(fields.as_array_mut().unwrap().remove(field)),
        3 => fields[field]["kind"] = json!({ "integer": { "min": 0, "max": 9 } }),
        _ => value["sections"][0]["groups"][1]["visible"] = json!("never"),
    }
    (serde_json::from_value(value).unwrap(), Vec::new())
}

proptest! {
    #[test]
    fn what_is_told_to_be_lost_is_what_following_then_loses(
        which in 0..5_u8,
        field in 0..4_usize,
        texts in prop::collection::vec(
            (
                prop::sample::select(vec![
                    "s.name", "s.amount", "s.asks", "s.reason", "s.rows.part#a", "s.rows.note#a",
                    "s.lines.cell#60", "s.lines.cell#61", "t.late", "s.title",
                ]),
                prop::sample::select(vec!["", "oui", "non", "yes", "12", "3", "une phrase", " "]),
            ),
            0..8,
        ),
    ) {
        let before = ready_but(&texts);
        let (from, (to, moves)) = (form(), led_to(which, field));
        let plan = plan(&from, &to, &moves, &before);
        let told = losses(&from, &to, &moves, &before, &plan);
        // The draft follows; what would be deposited before and afterwards, and what is malformed.
        let after_it = follow(&before, &plan);
        let (was, is) = (before.counted(&from), after_it.counted(&to));
        let wrong = |form: &Revision, answers: &Answers| -> Vec<At> {
            check(form, answers, &[], Moment::Draft).into_iter().map(|one| one.at).collect()
        };
        let (bad_before, bad_after) = (wrong(&from, &before), wrong(&to, &after_it));
        let mut lost = Vec::new();
        for at in before.relevant(&from) {
            let text = was.raw(&at.field, &at.row).trim();
            if text.is_empty() || from.place(&at.field).is_none() {
                continue;
            }
            let now = At::in_row(after(&moves, &at.field), &at.row);
            let gone = is.raw(&now.field, &now.row).trim().is_empty();
            if gone || (bad_after.contains(&now) && !bad_before.contains(&at)) {
                lost.push(at);
            }
        }
        let told: Vec<At> = told.into_iter().map(|loss| loss.at).collect();
        prop_assert_eq!(told, lost);
    }
}
