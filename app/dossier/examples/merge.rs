//! How long it takes to merge the drafts of two devices with 2,000 operations each:
//! `cargo run --release -p dossier --example merge`.

use std::time::{Duration, Instant};

use dossier::{
    draft_file::{DraftFile, KIND},
    form::CONVENTIONNEMENT,
    operation::{Gesture, Operation},
};
use form::{Answers, At, ROW_HERE};

const OPERATIONS: usize = 2_000;
const TABLE: &str = "activites.activities";
const LABEL: &str = "activites.activities.label";

/// A device that wrote at this many places, every other one in rows of its own.
fn device(name: &str) -> Vec<Operation> {
    let places: Vec<String> = CONVENTIONNEMENT
        .places()
        .filter(|p| p.table.is_none())
        .map(|p| p.field.id.to_string())
        .collect();
    let write = |rank: usize| {
        let row = format!("{name}{:04}", rank / 4);
        let (at, raw) = match rank % 4 {
            0 => (At::in_row(TABLE, &row), ROW_HERE.to_owned()),
            1 => (At::in_row(LABEL, &row), format!("Activité {rank} de {name}")),
            _ => (At::once(&places[rank % places.len()]), format!("Texte {rank} de {name}")),
        };
        Operation { id: format!("{name}{rank:05}"), at, gesture: Gesture::Write(raw), seen: 0 }
    };
    (0..OPERATIONS).map(write).collect()
}

#[expect(clippy::disallowed_methods, reason = "it measures time")]
fn main() {
    let form = &*CONVENTIONNEMENT;
    let mut here = Answers::default();
    for operation in device("A") {
        if let Gesture::Write(raw) = operation.gesture {
            here.set(operation.at, raw);
        }
    }
    let file = DraftFile {
        kind: KIND.into(),
        dossier: "D".into(),
        form: form.form.to_string(),
        revision: form.number,
        title: String::new(),
        structure: String::new(),
        answers: Answers::default(),
        unsent: device("B"),
    };
    let mut times = Vec::new();
    for _ in 0..50 {
        let file = file.clone();
        let began = Instant::now();
        let merge = file.merge(form, &here, String::new);
        times.push(began.elapsed());
        assert!(merge.operations.len() + merge.unknown.len() > OPERATIONS / 2);
    }
    times.sort();
    let shown = |time: Duration| format!("{:.2} ms", time.as_secs_f64() * 1_000.0);
    println!(
        "{OPERATIONS} operations on each side: median {}, longest {}",
        shown(times[25]),
        shown(times[49])
    );
}
