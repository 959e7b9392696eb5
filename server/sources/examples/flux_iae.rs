//! Reads files of `FluxIAE` and says what they hold:
//! `cargo run -p sources --example flux_iae -- FOLDER|FILES`.
//!
//! Every stored amount is compared with the recomputed one, to the cent; the program fails when one
//! differs.

use std::{collections::BTreeMap, env, process::ExitCode};

use dossier::form::CONVENTIONNEMENT;
use sources::flux_iae::{FluxIae, prefill, read_files, recomputed_total};

fn main() -> ExitCode {
    let paths: Vec<String> = env::args().skip(1).collect();
    if paths.is_empty() {
        eprintln!("Donnez un dossier ou des fichiers FluxIAE.");
        return ExitCode::from(2);
    }
    let flux = read_files(&paths);
    files(&flux);
    prefilled(&flux);
    totals(&flux)
}

fn files(flux: &FluxIae) {
    for file in &flux.report.files {
        println!(
            "{} ({:?}, {}) : {} lues, {} refusées, {:?} annoncées, {:?}",
            file.file,
            file.view,
            file.date,
            file.rows_read,
            file.rows_refused,
            file.announced,
            file.outcome
        );
        println!("  colonnes inconnues : {:?}", file.unknown_columns);
        println!("  colonnes absentes : {:?}", file.missing_columns);
        println!("  valeurs illisibles : {:?}", file.unreadable);
        for line in &file.refused {
            println!("  ligne {} : {}", line.line, line.reason);
        }
    }
    for note in &flux.report.notes {
        println!("note : {note}");
    }
    println!(
        "{} structures, {} annexes, {} lignes FDI",
        flux.structures.len(),
        flux.annexes.len(),
        flux.development.len()
    );
}

/// What each dossier would be given: one per structure, kind and perimeter, for the year after the
/// last annexe.
fn prefilled(flux: &FluxIae) {
    for structure in &flux.structures {
        let mut years = BTreeMap::new();
        for annex in flux.annexes.iter().filter(|annex| annex.asp_id == structure.asp_id) {
            let key = (annex.measure.kind.as_str(), annex.measure.perimeter.as_str());
            let year = annex.start.year() + 1;
            years.entry(key).and_modify(|last: &mut i32| *last = year.max(*last)).or_insert(year);
        }
        for ((kind, perimeter), year) in years {
            let given = prefill(&CONVENTIONNEMENT, structure, &flux.annexes, kind, perimeter, year);
            println!(
                "{} {kind} {perimeter} {year} ({}) : {} réponses, {} écartées",
                structure.name,
                given.annex.unwrap_or_default(),
                given.answers.len(),
                given.skipped.len()
            );
            for (at, answer) in &given.answers {
                println!("    {at} = {}", answer.raw);
            }
            for skipped in &given.skipped {
                println!("    écarté : {} {:?} {:?}", skipped.at, skipped.text, skipped.why);
            }
        }
    }
}

fn totals(flux: &FluxIae) -> ExitCode {
    let (mut equal, mut different, mut without) = (0, 0, 0);
    for annex in &flux.annexes {
        match (annex.total, recomputed_total(annex)) {
            (Some(stored), Some(recomputed)) if stored == recomputed => equal += 1,
            (Some(_), Some(_)) => different += 1,
            _ => without += 1,
        }
    }
    println!("montants : {equal} égaux, {different} différents, {without} sans montant");
    if different == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
