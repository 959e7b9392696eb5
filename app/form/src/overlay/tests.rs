use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::{Moment, Revision, check, fixture::form, fixture::ready_but};

fn overlay(reach: Value, edits: Value) -> Overlay {
    let whole = json!({
        "form": "essai", "revision": 1, "name": "ici", "title": "Complément d'ici",
        "reach": reach, "edits": edits,
    });
    serde_json::from_value(whole).unwrap()
}

fn supplement(edits: Value) -> Overlay {
    overlay(json!({ "supplement": { "department": "58" } }), edits)
}

fn variant(edits: Value) -> Overlay {
    overlay(json!("variant"), edits)
}

fn question(id: &str) -> Value {
    json!({ "id": id, "label": "Combien de vélos ?", "kind": { "integer": { "min": 0, "max": 99 } } })
}

fn laid(overlay: &Overlay) -> Result<Revision, Vec<String>> {
    let told = |fault: Fault| {
        let rank = fault.edit.map_or("-".to_owned(), |rank| rank.to_string());
        format!("{rank} {} {:?}", fault.id, fault.wrong)
    };
    overlay
        .over(&form(), &["ici.retired"], 2)
        .map_err(|faults| faults.into_iter().map(told).collect())
}

fn ids(form: &Revision) -> Vec<&str> {
    form.places().map(|place| place.field.id.as_ref()).collect()
}

#[test]
fn a_supplement_adds_where_it_says() {
    let form = laid(&supplement(json!([
        { "add_question": { "group": "s.one", "after": "s.amount", "question": question("ici.a") } },
        { "add_question": { "group": "s.one", "question": question("ici.b") } },
        { "add_section": { "after": "s", "section": {
            "id": "ici", "title": "Ici", "groups": [
                { "id": "ici.card", "title": "Vélos", "body": { "fields": [question("ici.c")] } }
            ]
        } } },
        { "add_group": { "section": "ici", "after": "ici.card", "group": {
            "id": "ici.more", "title": "Lieux", "body": { "table": {
                "id": "ici.places", "row_name": "lieu", "columns": [question("ici.places.n")]
            } }
        } } },
    ])))
    .unwrap();
    assert_eq!(form.overlay, "ici-2");
    let all = ids(&form);
    assert_eq!(all[..4], ["ici.b", "s.name", "s.amount", "ici.a"]);
    assert_eq!(form.sections[1].id, "ici");
    assert_eq!(form.table("ici.places").unwrap().max_rows, 200);

    let problems = check(&form, &ready_but(&[]), &[], Moment::Deposit);
    let missing: Vec<_> = problems.iter().map(|problem| problem.at.to_string()).collect();
    assert_eq!(missing, ["ici.b", "ici.a", "ici.c"], "added questions are asked like others");

    let text = serde_json::to_string(&form).unwrap();
    assert_eq!(serde_json::from_str::<Revision>(&text).unwrap(), form);
}

#[test]
fn a_variant_rewords_moves_relaxes_and_hides() {
    let form = laid(&variant(json!([
        { "reword": { "id": "s.name", "label": "Votre nom", "hint": "Celui de l'affiche." } },
        { "reword": { "id": "s", "label": "Pour commencer" } },
        { "reword": { "id": "s.many", "hint": "Une par lieu." } },
        { "move": { "id": "s.name", "after": "s.asks" } },
        { "move": { "id": "s.grid" } },
        { "hide": { "id": "s.amount" } },
        { "relax": { "id": "s.lines.cell" } },
    ])))
    .unwrap();
    let name = form.place("s.name").unwrap();
    assert_eq!((&*name.field.label, &*name.field.hint), ("Votre nom", "Celui de l'affiche."));
    assert_eq!(
        (&*name.section.title, &*form.sections[0].groups[0].id),
        ("Pour commencer", "s.grid")
    );
    assert_eq!(form.sections[0].groups[2].intro, "Une par lieu.");
    assert_eq!(ids(&form)[1..4], ["s.amount", "s.asks", "s.name"]);
    let answers = ready_but(&[("s.amount", "12"), ("s.lines.cell#60", "")]);
    assert!(check(&form, &answers, &[], Moment::Deposit).is_empty());
    assert!(!answers.relevant(&form).contains(&crate::At::once("s.amount")), "hidden");
}

#[test]
fn every_fault_is_told_with_its_place() {
    let wrong = [
        (json!([{ "hide": { "id": "s.amount" } }]), vec!["0  NotInSupplement"]),
        (
            json!([{ "add_question": { "group": "zz", "question": question("ici.a") } }]),
            vec!["0 zz Unknown"],
        ),
        (
            json!([{ "add_question": { "group": "s.one", "after": "s.zz",
                "question": question("s.b") } }]),
            vec![r#"0 s.b Outside { prefix: "ici." }"#, r#"0  NotThere { after: "s.zz" }"#],
        ),
        (
            json!([
                { "add_question": { "group": "s.one", "question": question("ici.a") } },
                { "add_question": { "group": "s.many", "question": question("ici.a") } },
                { "add_question": { "group": "s.one", "question": question("ici.retired") } },
            ]),
            vec![
                "1 ici.a Taken",
                r#"1 ici.a Outside { prefix: "s.rows." }"#,
                "2 ici.retired Taken",
            ],
        ),
        (
            json!([{ "add_question": { "group": "s.one", "question": {
                "id": "ici.Où", "label": " ", "kind": { "one_of": [
                    { "value": "a", "label": "A" }, { "value": "a", "label": "B" } ] },
                "visible": { "filled": { "field": "s.zz" } }, "fixed": true
            } } }]),
            vec![
                "0 ici.Où BadId",
                "0 ici.Où NoWords",
                "0 ici.Où OfTheSystem",
                "0 ici.Où BadChoices",
                r#"0 ici.Où ReadsUnknown { read: "s.zz" }"#,
            ],
        ),
    ];
    for (edits, faults) in wrong {
        assert_eq!(laid(&supplement(edits.clone())).unwrap_err(), faults, "{edits}");
    }
    let nine = (0..9).map(|n| {
        json!({ "add_question": { "group": "s.one", "question": question(&format!("ici.n{n}")) } })
    });
    let faults = laid(&supplement(nine.collect())).unwrap_err();
    assert_eq!(faults, ["-  TooManyQuestions { most: 8 }"]);

    let wrong = [
        (json!([{ "hide": { "id": "s.name" } }]), "0 s.name Required"),
        (json!([{ "relax": { "id": "s.zz" } }]), "0 s.zz Unknown"),
        (json!([{ "move": { "id": "s.name", "after": "s.name" } }]), "0 s.name NotSuch"),
        (
            json!([{ "move": { "id": "s.name", "after": "s.rows.part" } }]),
            r#"0  NotThere { after: "s.rows.part" }"#,
        ),
        (
            json!([{ "reword": { "id": "s.name", "label": "x".repeat(201) } }]),
            "0 s.name TooLong { most: 200 }",
        ),
    ];
    for (edits, fault) in wrong {
        assert_eq!(laid(&variant(edits.clone())).unwrap_err(), [fault], "{edits}");
    }
    let mut other = variant(json!([]));
    other.revision = 9;
    other.name = "I".to_owned();
    assert_eq!(laid(&other).unwrap_err(), ["-  OtherForm", "-  BadName"]);
}

#[test]
fn an_unknown_key_is_refused_by_name() {
    let text = r#"{"form":"essai","revision":1,"name":"ici","title":"T","reach":"variant",
        "edits":[{"hide":{"id":"s.amount","why":"?"}}]}"#;
    let error = serde_json::from_str::<Overlay>(text).unwrap_err().to_string();
    assert!(error.contains("unknown field `why`") && error.contains("line 2"), "{error}");
}

/// Changes over ids that are there and ids that are not.
fn any_edit() -> impl Strategy<Value = Edit> {
    let id = prop::sample::select(vec![
        "s",
        "t",
        "s.one",
        "s.many",
        "s.grid",
        "s.name",
        "s.amount",
        "s.rows",
        "s.rows.part",
        "zz",
        "",
    ]);
    let after = prop::option::of(id.clone().prop_map(str::to_owned));
    (0..6_u8, id, after, 0..4_u8).prop_map(|(which, id, after, n)| {
        let id = id.to_owned();
        let new = serde_json::from_value(question(&format!("ici.q{n}"))).unwrap();
        match which {
            0 => Edit::AddQuestion { group: id, after, question: new },
            1 => Edit::Reword { id, label: after.clone(), hint: after },
            2 | 3 => Edit::Move { id, after },
            4 => Edit::Relax { id },
            _ => Edit::Hide { id },
        }
    })
}

proptest! {
    #[test]
    fn whatever_is_laid_loses_no_question_and_bears_each_id_once(
        edits in prop::collection::vec(any_edit(), 0..8)
    ) {
        let mut overlay = variant(json!([]));
        overlay.edits = edits;
        if let Ok(laid) = overlay.over(&form(), &[], 1) {
            let mut all = ids(&laid);
            let national = form();
            prop_assert!(ids(&national).iter().all(|id| all.contains(id)));
            let count = all.len();
            all.sort_unstable();
            all.dedup();
            prop_assert_eq!(all.len(), count);
        }
    }
}

fn of_form(overlay: &Overlay) -> Revision {
    overlay.over(&form(), &[], 1).unwrap()
}

#[test]
fn changes_that_cancel_one_another_leave_no_trace() {
    let national = form();
    let mut made = variant(json!([]));
    made.reword(&national, "s.name", "Votre nom", "");
    made.reword(&national, "s.name", "Votre beau nom", "Aide.");
    assert_eq!(made.edits.len(), 1);
    let words = (national.place("s.name").unwrap().field.label.clone(), String::new());
    made.reword(&national, "s.name", &words.0, &words.1);
    made.relax("s.name", true);
    made.relax("s.name", false);
    made.hide("s.amount", true);
    made.hide("s.amount", false);
    assert_eq!(made.edits, []);

    // Hidden first, relaxed afterwards: the order in which it may be laid.
    made.hide("s.name", true);
    made.relax("s.name", true);
    let laid = of_form(&made);
    assert_eq!(laid.place("s.name").unwrap().field.visible, crate::Cond::Never);
}

#[test]
fn what_is_added_is_changed_ordered_and_taken_away_whole() {
    let mut made = supplement(json!([
        { "add_section": { "after": "s", "section": { "id": "ici", "title": "Ici", "groups": [
            { "id": "ici.card", "title": "Vélos", "body": { "fields": [question("ici.c")] } }
        ] } } },
        { "add_question": { "group": "ici.card", "after": "ici.c", "question": question("ici.d") } },
        { "add_question": { "group": "s.one", "after": "s.name", "question": question("ici.a") } },
    ]));
    assert!(made.adds("ici") && made.adds("ici.card") && made.adds("ici.c") && made.adds("ici.d"));
    assert!(!made.adds("s.name"));
    made.reword(&form(), "ici.c", "Combien ?", "");
    made.reword(&form(), "ici", "Par ici", "");
    let mut changed = made.question("ici.d").unwrap().clone();
    changed.kind = crate::Kind::YesNo;
    assert!(
        made.replace("ici.d", changed)
            && !made.replace("s.name", FieldDef::clone(&made.question("ici.d").unwrap().clone()))
    );
    let laid = of_form(&made);
    assert!(made.shift(&laid, "ici.d", true) && !made.shift(&of_form(&made), "ici.d", true));
    assert!(made.shift(&of_form(&made), "ici.a", false), "its own question, among national ones");
    let laid = of_form(&made);
    assert_eq!(ids(&laid)[..3], ["s.name", "s.amount", "ici.a"]);
    let card: Vec<&str> =
        laid.sections[1].groups[0].fields().iter().map(|f| f.id.as_ref()).collect();
    assert_eq!(card, ["ici.d", "ici.c"]);
    assert_eq!(laid.place("ici.c").unwrap().field.label, "Combien ?");
    assert_eq!(laid.sections[1].title, "Par ici");
    assert_eq!(laid.place("ici.d").unwrap().field.kind, crate::Kind::YesNo);

    made.remove("ici.c");
    assert_eq!(ids(&of_form(&made)).iter().filter(|id| id.starts_with("ici")).count(), 2);
    made.remove("ici");
    assert_eq!(made.edits.len(), 2, "{:?}", made.edits);
    made.remove("ici.a");
    assert_eq!(made.edits, []);
}

#[test]
fn a_review_reads_what_differs() {
    let national = form();
    let mut made = variant(json!([
        { "reword": { "id": "s.name", "label": "Votre nom" } },
        { "move": { "id": "s.name", "after": "s.amount" } },
        { "hide": { "id": "s.amount" } },
        { "relax": { "id": "s.lines.cell" } },
        { "add_question": { "group": "s.one", "question": question("ici.a") } },
    ]));
    let said = |old: &Revision, new: &Revision| -> Vec<String> {
        review(old, new)
            .into_iter()
            .map(|one| match one {
                Difference::QuestionAdded(_, field) => format!("+ {}", field.id),
                Difference::Reworded { id, before, after, .. } => {
                    format!("{id}: {} -> {}", before.label, after.label)
                }
                Difference::Moved { id, .. } => format!("~ {id}"),
                Difference::Relaxed(_, field) => format!("relaxed {}", field.id),
                Difference::Hidden(_, field) => format!("hidden {}", field.id),
                Difference::Removed(_, field) => format!("- {}", field.id),
                other => format!("{other:?}"),
            })
            .collect()
    };
    let laid = of_form(&made);
    let first = said(&national, &laid);
    assert_eq!(first[0], "+ ici.a");
    assert!(first.contains(&"hidden s.amount".to_owned()), "{first:?}");
    assert!(first.contains(&"relaxed s.lines.cell".to_owned()), "{first:?}");
    assert_eq!(first.iter().filter(|line| line.starts_with('~')).count(), 1, "{first:?}");
    assert!(first.iter().any(|line| line.starts_with("s.name:")), "{first:?}");
    assert_eq!(said(&national, &national), [""; 0]);
    made.remove("ici.a");
    assert_eq!(said(&laid, &of_form(&made)), ["- ici.a"]);
}
