//! One autosave, decided: what is kept, what is refused, what two people do to each other.

use std::{borrow::Cow, collections::BTreeMap};

use dossier::{
    operation::{Gesture, Operation, Outcome, Refusal, Verdict},
    role::{Role, Scope},
    state::State,
};
use form::{
    Answer, At, Field, Group, Line, Origin, Provenance, ROW_HERE, Revision, Section, Standing,
    Table, fields, texts,
};
use proptest::prelude::*;
use service::{
    Millis, journal,
    saving::{Decision, Desk, Save, Written},
    testing::{draft, member},
};

static NAME: Field<String> = Field::text("s.name", "Nom", 80);
static AMOUNT: Field<form::Cents> = Field::money("s.amount", "Montant");
static FIXED: Field<String> = Field::text("s.fixed", "Fixe", 80).fixed();
static PART: Field<form::Cents> = Field::money("s.part", "Part");
static CELL: Field<form::Cents> = Field::money("s.cell", "Case");
static PROSE: Field<String> = Field::long_text("s.prose", "Projet", 200);
static SECTION: Section = Section::new("s", "Essai").groups(
    const {
        &[
            Group::new("s.one", "Une fois").holding(fields![NAME, AMOUNT, FIXED, PROSE]),
            Group::new("s.many", "Lignes")
                .table(Table::new("s.rows", "Ligne").columns(fields![PART]).rows(0, 2)),
            Group::new("s.grid", "Grille")
                .table(Table::new("s.lines", "Ligne").columns(fields![CELL]).lines(
                const { &[Line::new("60", "Achats"), Line::computed("T", "Total", texts!["60"])] },
            )),
        ]
    },
);

fn ulid(n: usize) -> String {
    format!("01JD0000000000000000{n:06}")
}

fn a_desk() -> Desk {
    let form = Revision::new("essai", 1, vec![Cow::Borrowed(&SECTION)]);
    Desk::new(draft(), Some(Box::leak(Box::new(form))))
}

fn write(op: usize, at: At, raw: &str, seen: u32) -> Operation {
    Operation { id: ulid(op), at, gesture: Gesture::Write(raw.to_owned()), seen }
}

fn name(op: usize, raw: &str, seen: u32) -> Operation {
    write(op, At::once("s.name"), raw, seen)
}

fn decide(desk: &mut Desk, who: &str, operations: Vec<Operation>) -> Vec<Outcome> {
    let save = Save {
        dossier: "D".into(),
        actor: member(who),
        at: Millis(1),
        operations,
        given: BTreeMap::new(),
    };
    match desk.decide(&save) {
        Decision::Outcomes(outcomes) => outcomes,
        other => panic!("{other:?}"),
    }
}

fn verdicts(desk: &mut Desk, who: &str, operations: Vec<Operation>) -> Vec<Verdict> {
    decide(desk, who, operations).into_iter().map(|outcome| outcome.verdict).collect()
}

fn raw<'a>(desk: &'a Desk, at: &At) -> &'a str {
    desk.answers.get(at).map_or("", |written| written.answer.raw.as_str())
}

const SAVED: fn(u32) -> Verdict = |version| Verdict::Saved { version };

#[test]
fn operations_on_one_answer_follow_each_other_within_a_save() {
    let mut desk = a_desk();
    let all = vec![name(1, "a", 0), name(2, "ab", 0), name(3, "abc", 1)];
    assert_eq!(verdicts(&mut desk, "Anne", all), [1, 2, 3].map(SAVED));
    assert_eq!(raw(&desk, &At::once("s.name")), "abc");
    assert_eq!(desk.effects.past.len(), 2);
    assert_eq!(desk.effects.events.len(), 1, "one save, one event");
    let conflict = Verdict::Conflict { raw: "abc".into(), version: 3, by: "Anne".into() };
    assert_eq!(verdicts(&mut desk, "Marc", vec![name(4, "x", 2)]), [conflict]);
    assert_eq!(verdicts(&mut desk, "Marc", vec![name(5, "abc", 0)]), [SAVED(3)]);
    assert_eq!(desk.effects.events.len(), 1, "nothing changed since");
}

fn prose(op: usize, raw: &str, seen: u32) -> Operation {
    write(op, At::once("s.prose"), raw, seen)
}

fn past(desk: &Desk) -> Vec<(u32, &str)> {
    let past = desk.effects.past.iter();
    past.map(|(_, past)| (past.answer.version, past.answer.raw.as_str())).collect()
}

/// A desk of the next transaction, with the bases that a store would load for these operations.
fn reloaded(desk: &Desk, operations: &[Operation]) -> Desk {
    let mut next = desk.clone();
    next.effects = service::saving::Effects::default();
    for (at, version) in next.bases(operations) {
        let base = |(place, w): &&(At, Written)| *place == at && w.answer.version == version;
        let written = desk.effects.past.iter().find(base);
        next.bases.extend(written.map(|(_, w)| ((at, version), w.answer.raw.clone())));
    }
    next
}

#[test]
fn passages_of_two_people_are_put_together() {
    let mut desk = a_desk();
    let at = At::once("s.prose");
    decide(&mut desk, "Anne", vec![prose(1, "Un. Deux. Trois.", 0)]);
    decide(&mut desk, "Anne", vec![prose(2, "Un. Deux. Tiers.", 1)]);
    let late = [prose(3, "Une. Deux. Trois.", 1)];
    let mut desk = reloaded(&desk, &late);
    let merged = Verdict::Merged { raw: "Une. Deux. Tiers.".into(), version: 4, own: 3 };
    assert_eq!(verdicts(&mut desk, "Marc", late.to_vec()), std::slice::from_ref(&merged));
    assert_eq!(raw(&desk, &at), "Une. Deux. Tiers.");
    assert_eq!(past(&desk), [(2, "Un. Deux. Tiers."), (3, "Une. Deux. Trois.")], "as both wrote");
    assert_eq!(desk.answers[&at].by_name, "Marc");
    assert_eq!((desk.effects.events.len(), desk.effects.outcomes.len()), (1, 1));

    // What Marc typed meanwhile, over his own text: in the same save, or once he heard.
    for (seen, sent) in [(1, true), (3, false)] {
        let more = prose(4, "Une. Deuxième. Trois.", seen);
        let operations = if sent { vec![late[0].clone(), more] } else { vec![more] };
        let mut desk = desk.clone();
        let said = verdicts(&mut desk, "Marc", operations).pop();
        let both = "Une. Deuxième. Tiers.";
        assert_eq!(said, Some(Verdict::Merged { raw: both.into(), version: 6, own: 5 }));
    }
    // A text that is already in what stands, and one sentence that both changed.
    let mut again = desk.clone();
    let none = Verdict::Merged { raw: "Une. Deux. Tiers.".into(), version: 4, own: 1 };
    again.bases.insert((at.clone(), 1), "Un. Deux. Trois.".into());
    assert_eq!(verdicts(&mut again, "Paul", vec![prose(5, "Un. Deux. Trois.", 1)]), [none]);
    let touching = verdicts(&mut again, "Paul", vec![prose(6, "Uni. Deux. Trois.", 1)]);
    assert!(matches!(touching[0], Verdict::Conflict { version: 4, .. }));
    assert_eq!(desk.answers[&at], again.answers[&at]);
    assert_eq!(verdicts(&mut desk, "Marc", late.to_vec()), [merged], "sent again");
}

#[test]
fn saves_of_one_transaction_see_each_other() {
    let mut desk = a_desk();
    decide(&mut desk, "Anne", vec![name(1, "a", 0)]);
    decide(&mut desk, "Marc", vec![name(2, "b", 1)]);
    assert!(journal::is_whole(&desk.effects.events));
    assert_eq!(desk.head.journal_seq, 2);
    assert_eq!(desk.head.updated_by_name, "Marc");
    assert_eq!(desk.effects.changed.len(), 1);
}

#[test]
fn cells_stand_in_rows_that_are_there() {
    let mut desk = a_desk();
    let (mark, cell) = (At::in_row("s.rows", &ulid(1)), At::in_row("s.part", &ulid(1)));
    let early = verdicts(&mut desk, "Anne", vec![write(1, cell.clone(), "1", 0)]);
    assert_eq!(early, [Verdict::Refused(Refusal::UnknownRow)]);
    // The row may come after its cell in the same save.
    let together = vec![write(2, cell.clone(), "1", 0), write(3, mark.clone(), ROW_HERE, 0)];
    assert_eq!(verdicts(&mut desk, "Anne", together), [SAVED(1), SAVED(1)]);
    let removed = vec![write(4, mark, "", 1), write(5, cell, "2", 1)];
    let refused = Verdict::Refused(Refusal::UnknownRow);
    assert_eq!(verdicts(&mut desk, "Anne", removed), [SAVED(2), refused]);
}

#[test]
fn a_table_holds_so_many_rows_and_no_more() {
    let mut desk = a_desk();
    let mark = |n: usize| At::in_row("s.rows", &ulid(n));
    let add = |n: usize| write(n, mark(n), ROW_HERE, 0);
    let refused = Verdict::Refused(Refusal::UnknownRow);
    let three = verdicts(&mut desk, "Anne", vec![add(1), add(2), add(3)]);
    assert_eq!(three, [SAVED(1), SAVED(1), refused]);
    decide(&mut desk, "Anne", vec![write(4, mark(1), "", 1)]);
    assert_eq!(verdicts(&mut desk, "Anne", vec![write(5, mark(3), ROW_HERE, 0)]), [SAVED(1)]);
}

#[test]
fn of_two_people_who_move_a_row_the_last_is_followed() {
    let mut desk = a_desk();
    let mark = At::in_row("s.rows", &ulid(1));
    let says = |op, raw: &str, seen| vec![write(op, mark.clone(), raw, seen)];
    assert_eq!(verdicts(&mut desk, "Anne", says(1, ROW_HERE, 0)), [SAVED(1)]);
    assert_eq!(verdicts(&mut desk, "Anne", says(2, "oui:01", 1)), [SAVED(2)]);
    assert_eq!(verdicts(&mut desk, "Marc", says(3, "oui:02", 1)), [SAVED(3)], "nobody is asked");
    assert_eq!(verdicts(&mut desk, "Anne", says(4, "", 2)), [SAVED(4)], "nor about a removal");
    assert_eq!(raw(&desk, &mark), "");
    let past = desk.effects.past.iter().map(|(_, past)| past.answer.raw.as_str());
    assert_eq!(past.collect::<Vec<_>>(), [ROW_HERE, "oui:01", "oui:02"], "all are in the history");
    let bad = Verdict::Refused(Refusal::BadOperation);
    assert_eq!(verdicts(&mut desk, "Anne", says(5, "oui:é", 4)), [bad]);
}

#[test]
fn what_no_form_has_is_refused() {
    let mut desk = a_desk();
    let all = vec![
        Operation { id: "x".into(), ..name(1, "a", 0) },
        write(2, At::once("s.nothing"), "a", 0),
        write(3, At::in_row("s.name", &ulid(1)), "a", 0),
        write(4, At::once("s.fixed"), "a", 0),
        name(5, &"é".repeat(2_000), 0),
        write(6, At::in_row("s.cell", "T"), "1", 0),
        write(7, At::once("s.lines"), ROW_HERE, 0),
        write(8, At::in_row("s.rows", "not a ulid"), ROW_HERE, 0),
        write(9, At::in_row("s.rows", &ulid(1)), "peut-être", 0),
    ];
    let refused = [
        Refusal::BadOperation,
        Refusal::UnknownField,
        Refusal::UnknownRow,
        Refusal::FixedField,
        Refusal::TooLong,
        Refusal::UnknownRow,
        Refusal::UnknownField,
        Refusal::UnknownRow,
        Refusal::BadOperation,
    ];
    assert_eq!(verdicts(&mut desk, "Anne", all), refused.map(Verdict::Refused));
    assert_eq!(desk.effects, service::saving::Effects::default(), "and leaves nothing behind");
    let line = write(10, At::in_row("s.cell", "60"), "1", 0);
    assert_eq!(verdicts(&mut desk, "Anne", vec![line]), [SAVED(1)]);
}

#[test]
fn provenance_stays_and_says_what_became_of_the_value() {
    let at = At::once("s.amount");
    let prefilled = || {
        let mut desk = a_desk();
        let provenance = Provenance {
            origin: Origin::AspAnnex,
            reference: "annexe".into(),
            as_of: String::new(),
            key: String::new(),
            fetched_at: 0,
            value: "1234.50".into(),
            standing: Standing::ToConfirm,
        };
        let answer = Answer { raw: "1 234,50".into(), version: 1, provenance: Some(provenance) };
        let written = Written { answer, at: Millis(0), by: "Anne".into(), by_name: "Anne".into() };
        desk.answers.insert(at.clone(), written);
        desk
    };
    let standing = |desk: &Desk| desk.answers[&at].answer.provenance.as_ref().map(|p| p.standing);
    let confirm = |seen| Operation { gesture: Gesture::Confirm, ..write(1, at.clone(), "", seen) };

    let mut desk = prefilled();
    assert_eq!(verdicts(&mut desk, "Anne", vec![confirm(1)]), [SAVED(1)]);
    assert_eq!(standing(&desk), Some(Standing::Confirmed));
    assert_eq!(verdicts(&mut desk, "Anne", vec![write(2, at.clone(), "5", 1)]), [SAVED(2)]);
    assert_eq!(standing(&desk), Some(Standing::Overridden));
    assert_eq!(verdicts(&mut desk, "Anne", vec![write(3, at.clone(), "1234,5", 2)]), [SAVED(3)]);
    assert_eq!(standing(&desk), Some(Standing::Confirmed), "the same value, spelt otherwise");

    let mut desk = prefilled();
    let stale = Operation { id: ulid(9), ..confirm(0) };
    assert!(matches!(verdicts(&mut desk, "Anne", vec![stale])[0], Verdict::Conflict { .. }));
    assert_eq!(standing(&desk), Some(Standing::ToConfirm));
}

#[test]
fn only_its_people_write_and_only_while_it_is_open() {
    let save = |actor| {
        let operations = vec![name(1, "a", 0)];
        Save { dossier: "D".into(), actor, at: Millis(1), operations, given: BTreeMap::new() }
    };
    let mut agent = member("Inès");
    (agent.role, agent.scope) = (Role::DdetsAgent, Scope::Departments(vec!["58".into()]));
    assert_eq!(a_desk().decide(&save(agent)), Decision::NotFound);
    let mut closed = a_desk();
    closed.head.state = State::Submitted;
    assert_eq!(closed.decide(&save(member("Anne"))), Decision::NotEditable);
}

fn any_operation() -> impl Strategy<Value = Operation> {
    let rows = prop_oneof![Just(String::new()), (1..4_usize).prop_map(ulid), Just("60".to_owned())];
    let field = prop::sample::select(vec![
        "s.name",
        "s.prose",
        "s.amount",
        "s.fixed",
        "s.part",
        "s.cell",
        "s.rows",
        "s.lines",
        "s.nothing",
    ]);
    let text = prop_oneof![
        Just(String::new()),
        Just(ROW_HERE.to_owned()),
        "[a-c\0]{1,2}",
        "([a-c]\\. ){1,3}"
    ];
    let gesture = prop_oneof![4 => text.prop_map(Gesture::Write), 1 => Just(Gesture::Confirm)];
    let id = prop_oneof![30 => (0..40_usize).prop_map(ulid), 1 => Just("?".to_owned())];
    (id, field, rows, gesture, 0..4_u32).prop_map(|(id, field, row, gesture, seen)| Operation {
        id,
        at: At::in_row(field, &row),
        gesture,
        seen,
    })
}

proptest! {
    #[test]
    fn whatever_is_sent_every_operation_gets_one_answer_for_good(
        batches in prop::collection::vec(prop::collection::vec(any_operation(), 0..8), 1..6)
    ) {
        let mut desk = a_desk();
        for batch in &batches {
            let outcomes = decide(&mut desk, "Anne", batch.clone());
            prop_assert_eq!(outcomes.len(), batch.len());

            let ids: Vec<_> = outcomes.iter().map(|outcome| &outcome.id).collect();
            prop_assert_eq!(ids, batch.iter().map(|op| &op.id).collect::<Vec<_>>());

            let before = (desk.answers.clone(), desk.head.clone(), desk.effects.clone());
            prop_assert_eq!(&decide(&mut desk, "Anne", batch.clone()), &outcomes, "sent again");
            prop_assert_eq!(&(desk.answers.clone(), desk.head.clone(), desk.effects.clone()), &before);
        }
        prop_assert!(journal::is_whole(&desk.effects.events));
        // Versions count the texts: those written over, and the one that stands.
        for (at, written) in &desk.answers {
            let past = desk.effects.past.iter().filter(|(place, _)| place == at).count();
            prop_assert!(written.answer.version as usize == past + 1, "{}", at);
        }
    }

    #[test]
    fn the_last_saved_text_is_the_one_that_stands(
        texts in prop::collection::vec(("[a-c]{0,2}", 0..6_u32), 1..20)
    ) {
        let mut desk = a_desk();
        let mut last = String::new();
        for (op, (text, seen)) in texts.iter().enumerate() {
            let verdict = verdicts(&mut desk, "Anne", vec![name(op, text, *seen)]).remove(0);
            match verdict {
                Verdict::Saved { .. } => last.clone_from(text),
                Verdict::Conflict { raw, .. } => prop_assert_eq!(&raw, &last),
                Verdict::Merged { .. } => prop_assert!(false, "of a short text"),
                Verdict::Refused(refusal) => prop_assert!(false, "{:?}", refusal),
            }
            prop_assert_eq!(raw(&desk, &At::once("s.name")), &last);
        }
    }
}
