//! The proof that every form can be completed, by every kind of structure and for every request.

use std::collections::BTreeSet;

use demo::{Profile, Request, answers, complete, filled, structures};
use dossier::{
    form::{CONVENTIONNEMENT, Form, bilan::BILAN, form_of},
    share::Part,
};
use form::{Answers, Gravity, Kind, What};

const KINDS: [&str; 5] = ["EI", "ETTI", "ACI", "AI", "EITI"];
const NATURES: [&str; 4] = ["first", "renewal", "annual", "amendment"];

fn with_kind(kind: &'static str) -> Vec<Profile> {
    structures::all().into_iter().filter(|profile| profile.kinds.contains(&kind)).collect()
}

/// Every kind, nature and perimeter, for every structure; other years for a few.
fn requests() -> Vec<(Profile, Request)> {
    let mut all = Vec::new();
    for kind in KINDS {
        for (rank, profile) in with_kind(kind).into_iter().enumerate() {
            for nature in NATURES {
                for (perimeter, year) in
                    [("DC", 2_025), ("DC", 2_026), ("DC", 2_027), ("MP", 2_026), ("MP", 2_027)]
                {
                    let open = perimeter == "DC" || ["EI", "ACI"].contains(&kind);
                    let wanted = year == 2_027 || rank < 2;
                    if open && wanted && profile.created < year {
                        let request = Request { kind, nature, year, perimeter };
                        all.push((profile.clone(), request));
                    }
                }
            }
        }
    }
    all
}

fn problems(form: Form, answers: &Answers, gravity: Gravity) -> Vec<String> {
    form.check(answers)
        .into_iter()
        .filter(|problem| problem.gravity == gravity)
        .map(|problem| match problem.what {
            What::Rule { code, values } => {
                format!("{}: {}", problem.at, dossier::form::sentence(&code, &values))
            }
            What::Kind(code) => format!("{}: {code:?}", problem.at),
        })
        .collect()
}

#[test]
fn every_request_of_every_structure_can_be_deposited() {
    let form = form_of("conventionnement", CONVENTIONNEMENT.number).unwrap();
    let mut met = BTreeSet::new();
    for (profile, request) in requests() {
        let answers = filled(&CONVENTIONNEMENT, &profile, &request);
        for gravity in [Gravity::Blocking, Gravity::Warning] {
            let said = problems(form, &answers, gravity);
            assert!(said.is_empty(), "{} {request:?}: {said:#?}", profile.name);
        }
        met.insert((request.kind, request.nature, request.perimeter));
    }
    assert_eq!(met.len(), NATURES.len() * (KINDS.len() + 2));
}

#[test]
fn every_report_can_be_deposited() {
    let form = form_of("bilan", 1).unwrap();
    for kind in KINDS {
        for profile in with_kind(kind) {
            for year in [2_025, 2_026] {
                let request = Request { kind, nature: "annual", year, perimeter: "DC" };
                let answers = filled(&BILAN, &profile, &request);
                for gravity in [Gravity::Blocking, Gravity::Warning] {
                    let said = problems(form, &answers, gravity);
                    assert!(said.is_empty(), "{} {request:?}: {said:#?}", profile.name);
                }
            }
        }
    }
}

#[test]
fn completing_keeps_what_is_written_and_ends() {
    let (profile, request) = (
        structures::valbrune(),
        Request { kind: "ACI", nature: "annual", year: 2_027, perimeter: "DC" },
    );
    let mut answers = Answers::default();
    answers.set(form::At::once("gouvernance.director.name"), "Zoé Marchandeau".to_owned());
    complete(&CONVENTIONNEMENT, &mut answers, &profile, &request);
    assert_eq!(answers.raw("gouvernance.director.name", ""), "Zoé Marchandeau");
    let once = answers.clone();
    complete(&CONVENTIONNEMENT, &mut answers, &profile, &request);
    assert_eq!(answers, once);
}

/// A long answer is never the sentence that fills the gaps: somebody wrote it.
#[test]
fn every_long_question_has_its_texts() {
    let long: Vec<&str> = CONVENTIONNEMENT
        .places()
        .filter(|place| matches!(place.field.kind, Kind::LongText { .. }))
        .map(|place| place.field.id.as_ref())
        .collect();
    let mut without = BTreeSet::new();
    for (profile, request) in requests().into_iter().step_by(7) {
        let known = answers::facts("conventionnement", &profile, &request);
        let all = filled(&CONVENTIONNEMENT, &profile, &request);
        for (at, answer) in all.iter().filter(|(at, _)| long.contains(&at.field.as_str())) {
            if !answer.raw.is_empty() && known.at(&at).is_none() {
                without.insert(at.field.clone());
            }
        }
    }
    assert!(without.is_empty(), "{without:?}");
}

#[test]
fn a_part_raises_no_false_alarm() {
    for (profile, request) in requests().into_iter().filter(|(_, request)| request.year == 2_027) {
        let form = form_of("conventionnement", CONVENTIONNEMENT.number).unwrap();
        let whole = filled(&CONVENTIONNEMENT, &profile, &request);
        for section in &form.revision.sections {
            let part = Part::Steps(vec![section.id.to_string()]);
            let answers = part.of(form.revision, whole.clone());
            let mine = |line: &String| line.starts_with(&format!("{}.", section.id));
            for gravity in [Gravity::Blocking, Gravity::Warning] {
                let mut said = problems(form, &answers, gravity);
                said.retain(mine);
                assert!(said.is_empty(), "{} {request:?}: {said:#?}", profile.name);
            }
            let put = |answers: &Answers| -> Vec<String> {
                answers
                    .relevant(form.revision)
                    .iter()
                    .map(ToString::to_string)
                    .filter(mine)
                    .collect()
            };
            assert_eq!(put(&answers), put(&whole), "{} {request:?} {}", profile.name, section.id);
        }
    }
}
