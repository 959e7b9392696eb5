//! Merging never loses a text: each text of the file and of the dossier stands afterwards, waits in a
//! choice, or was typed over by somebody who had seen it.

use form::{Answer, ROW_HERE};
use proptest::prelude::*;

use super::*;
use crate::form::CONVENTIONNEMENT;

const PROSE: &str = "identification.presentation";
const PHONE: &str = "identification.phone";
const ROWS: &str = "activites.activities";
const CELL: &str = "activites.activities.label";

fn file(answers: Answers, unsent: Vec<Operation>) -> DraftFile {
    let (kind, dossier, form) = (KIND.into(), "D".into(), CONVENTIONNEMENT.form.to_string());
    let (title, structure) = (String::new(), String::new());
    DraftFile {
        kind,
        dossier,
        form,
        revision: CONVENTIONNEMENT.number,
        title,
        structure,
        answers,
        unsent,
    }
}

fn holding(answers: &[(&str, &str, u32)]) -> Answers {
    let mut all = Answers::default();
    for (at, raw, version) in answers {
        let answer = Answer { raw: (*raw).to_owned(), version: *version, provenance: None };
        all.put(At::parse(at), answer);
    }
    all
}

fn typed(id: &str, at: &str, raw: &str, seen: u32) -> Operation {
    Operation { id: id.into(), at: At::parse(at), gesture: Gesture::Write(raw.into()), seen }
}

fn merged(here: &Answers, file: DraftFile) -> Merge {
    let mut made = 0;
    file.merge(&CONVENTIONNEMENT, here, || {
        made += 1;
        format!("new{made}")
    })
}

/// What a server makes of operations: the answers, and the texts that wait in a choice.
fn decided(here: &Answers, operations: &[Operation]) -> (Answers, BTreeSet<(At, String)>) {
    let (mut answers, mut choices) = (here.clone(), BTreeSet::new());
    let mut before: BTreeMap<At, u32> = BTreeMap::new();
    for Operation { at, gesture, seen, .. } in operations {
        let Gesture::Write(raw) = gesture else { continue };
        let stands = answers.at(at).cloned().unwrap_or_default();
        let own = before.get(at).is_some_and(|own| (*own..=stands.version).contains(seen));
        if *seen == stands.version || own {
            before.entry(at.clone()).or_insert(stands.version);
            let (raw, version) = (raw.clone(), stands.version + 1);
            answers.put(at.clone(), Answer { raw, version, provenance: None });
        } else if *raw != stands.raw {
            choices.insert((at.clone(), raw.clone()));
        }
    }
    (answers, choices)
}

#[test]
fn what_is_the_same_is_left_alone() {
    let here = holding(&[(PROSE, "Nous formons.", 4), (PHONE, "03 86 00 00 00", 2)]);
    let same = file(holding(&[(PROSE, "Nous formons.", 2), (PHONE, "0386000000", 1)]), Vec::new());
    assert_eq!(merged(&here, same), Merge::default());
}

#[test]
fn what_is_missing_is_added_over_what_stands() {
    let here = holding(&[(PROSE, "", 3)]);
    let merge = merged(&here, file(holding(&[(PROSE, "Nous formons.", 2)]), Vec::new()));
    assert_eq!(merge.operations, [typed("new1", PROSE, "Nous formons.", 3)]);
    assert!(merge.differ.is_empty());
}

#[test]
fn newer_typing_is_written_and_what_moved_on_is_a_choice() {
    let here = holding(&[(PROSE, "d'avant", 2), (PHONE, "03 86 99 99 99", 5)]);
    let unsent = vec![typed("1", PROSE, "d'après", 2), typed("2", PHONE, "03 86 00 00 00", 4)];
    let merge = merged(&here, file(here.clone(), unsent.clone()));
    assert_eq!(merge.operations, [unsent[1].clone(), unsent[0].clone()], "under their own ids");
    assert_eq!(merge.added, BTreeSet::from([At::once(PROSE)]));
    assert_eq!(merge.differ, BTreeSet::from([At::once(PHONE)]));
    let (after, choices) = decided(&here, &merge.operations);
    assert_eq!(after.raw(PROSE, ""), "d'après");
    assert_eq!(after.raw(PHONE, ""), "03 86 99 99 99");
    assert_eq!(choices.len(), 1);
}

#[test]
fn rows_are_those_of_both() {
    let row = |row: &str| [format!("{ROWS}#{row}"), format!("{CELL}#{row}")];
    let ([mark_a, cell_a], [mark_b, cell_b]) = (row("A"), row("B"));
    let here = holding(&[(&mark_a, ROW_HERE, 1), (&cell_a, "Bois", 1)]);
    let other = holding(&[(&mark_b, ROW_HERE, 1), (&cell_b, "Linge", 1)]);
    let (after, choices) = decided(&here, &merged(&here, file(other, Vec::new())).operations);
    assert_eq!(after.added_rows(ROWS), ["A", "B"]);
    assert_eq!((after.raw(CELL, "A"), after.raw(CELL, "B")), ("Bois", "Linge"));
    assert!(choices.is_empty());
}

#[test]
fn a_row_removed_in_the_file_goes_only_if_nobody_touched_it() {
    let (mark, cell) = (format!("{ROWS}#A"), format!("{CELL}#A"));
    let here = holding(&[(&mark, ROW_HERE, 1), (&cell, "Bois", 2)]);
    let removed = |seen| file(here.clone(), vec![typed("1", &mark, "", seen)]);
    let (after, _) = decided(&here, &merged(&here, removed(1)).operations);
    assert!(after.added_rows(ROWS).is_empty());
    assert_eq!(merged(&here, removed(0)), Merge::default(), "it was added again since");
}

#[test]
fn a_file_of_something_else_is_told() {
    let form = &*CONVENTIONNEMENT;
    let good = file(Answers::default(), Vec::new());
    assert_eq!(good.check("D", form), Ok(()));
    assert_eq!(good.check("E", form), Err(Foreign::OtherDossier));
    let other = DraftFile { form: "bilan".into(), ..good.clone() };
    assert_eq!(other.check("D", form), Err(Foreign::OtherForm));
    let other = DraftFile { kind: "recette".into(), ..good };
    assert_eq!(other.check("D", form), Err(Foreign::Unreadable));
    let unknown = file(holding(&[("nulle.part", "x", 1)]), Vec::new());
    assert_eq!(merged(&Answers::default(), unknown).unknown.len(), 1);
}

/// Some places: asked once, and in rows.
fn place() -> impl Strategy<Value = String> {
    prop::sample::select(vec![
        PROSE.to_owned(),
        PHONE.to_owned(),
        format!("{ROWS}#A"),
        format!("{CELL}#A"),
        format!("{ROWS}#B"),
        format!("{CELL}#B"),
    ])
}

/// What stands at a place: a mark is there or not, a text is one of a few.
fn answer() -> impl Strategy<Value = (String, String, u32)> {
    (place(), 0_u8..4, 1_u32..4).prop_map(|(at, text, version)| {
        let mark = At::parse(&at).field == ROWS;
        let raw = match (mark, text) {
            (_, 0) => String::new(),
            (true, 1) => ROW_HERE.to_owned(),
            (true, rank) => format!("{ROW_HERE}:{rank}"),
            (false, text) => format!("texte {text}"),
        };
        (at, raw, version)
    })
}

fn answers() -> impl Strategy<Value = Answers> {
    prop::collection::vec(answer(), 0..8).prop_map(|all| {
        let all: Vec<_> = all.iter().map(|(at, raw, v)| (at.as_str(), raw.as_str(), *v)).collect();
        holding(&all)
    })
}

fn unsent() -> impl Strategy<Value = Vec<Operation>> {
    prop::collection::vec(answer(), 0..6).prop_map(|all| {
        let number = |(rank, (at, raw, seen)): (usize, (String, String, u32))| {
            typed(&format!("u{rank}"), &at, &raw, seen - 1)
        };
        all.into_iter().enumerate().map(number).collect()
    })
}

proptest! {
    #[test]
    fn no_text_is_lost(here in answers(), kept in answers(), unsent in unsent()) {
        let form = &*CONVENTIONNEMENT;
        let mut wanted = kept.clone();
        for operation in &unsent {
            wanted.set(operation.at.clone(), text(operation).unwrap().to_owned());
        }
        let merge = merged(&here, file(kept, unsent));
        let (after, choices) = decided(&here, &merge.operations);
        let same = |at: &At, one: &str, other: &str| {
            let here = row::is_here(one) == row::is_here(other);
            form.place(&at.field).map_or(here, |place| place.field.kind.same(one, other))
        };
        for (at, answer) in wanted.iter().filter(|(_, answer)| !answer.raw.is_empty()) {
            let row_gone = at.field == CELL && !row::is_here(wanted.raw(ROWS, &at.row));
            let stands = same(&at, after.raw(&at.field, &at.row), &answer.raw);
            let waits = choices.contains(&(at.clone(), answer.raw.clone()));
            prop_assert!(row_gone || stands || waits, "{at}: {:?} of the file", answer.raw);
        }
        for (at, answer) in here.iter().filter(|(_, answer)| !answer.raw.is_empty()) {
            let stands = same(&at, after.raw(&at.field, &at.row), &answer.raw);
            let seen = merge.operations.iter().any(|op| op.at == at && op.seen == answer.version);
            prop_assert!(stands || seen, "{at}: {:?} of the dossier", answer.raw);
            prop_assert!(stands || merge.added.contains(&at));
        }
        for at in &merge.differ {
            prop_assert_eq!(after.at(at), here.at(at), "a choice changes nothing yet");
        }
    }

    #[test]
    fn a_file_opened_twice_brings_nothing_the_second_time(here in answers(), kept in answers()) {
        let first = merged(&here, file(kept.clone(), Vec::new()));
        let (after, _) = decided(&here, &first.operations);
        let second = merged(&after, file(kept, Vec::new()));
        prop_assert!(second.added.is_empty(), "{:?}", second.added);
        prop_assert_eq!(second.differ, first.differ);
    }
}
