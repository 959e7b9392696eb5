//! The form alone: checking a complete dossier, comparing two, freezing one.

use std::collections::BTreeMap;

use demo::structures;
use dossier::form::{CONVENTIONNEMENT, RULES};
use form::{Answers, Gravity, Moment, check, diff, progress};
use service::head::Snapshot;

use crate::{
    Bench, load,
    report::{Report, Row},
    site::complete,
};

/// Most processor time to check a whole dossier.
const GOAL: f64 = 50.0;

/// Measures it.
pub fn run(report: &mut Report) -> Bench<()> {
    let form = &*CONVENTIONNEMENT;
    let valbrune = structures::valbrune();
    let [annual, first] = ["annual", "first"].map(|nature| complete(&valbrune, nature));
    for (nature, answers) in [("annual", &annual), ("first", &first)] {
        let kind = valbrune.kinds[0];
        let places = answers.relevant(form).len();
        let problems = check(form, answers, RULES, Moment::Deposit);
        if problems.iter().any(|problem| problem.gravity == Gravity::Blocking) {
            return Err(format!("a complete dossier is not: {problems:?}").into());
        }
        let measured = load::spin(|| check(form, answers, RULES, Moment::Deposit))?;
        let name = format!("check, {kind} {nature}, {places} answers");
        report.add(Row::load(name, measured).within(GOAL));
        let measured = load::spin(|| {
            let problems = check(form, answers, &[], Moment::Deposit);
            progress(form, answers, &problems)
        })?;
        report.add(Row::load(format!("check without rules, and progress, {nature}"), measured));
        let bytes = frozen(answers)?.len();
        let measured = load::spin(|| frozen(answers))?;
        report.add(Row::load(format!("the deposit as bytes, {nature}, {bytes} bytes"), measured));
    }
    let changes = diff(form, &annual, &first).len();
    let measured = load::spin(|| diff(form, &annual, &first))?;
    report.add(Row::load(format!("diff of the two, {changes} changes"), measured));
    Ok(())
}

/// What a deposit freezes, made as the use case makes it.
fn frozen(answers: &Answers) -> Bench<Vec<u8>> {
    let form = &*CONVENTIONNEMENT;
    let mut canonical = BTreeMap::new();
    for at in answers.relevant(form) {
        let raw = answers.raw(&at.field, &at.row);
        let text = match form.place(&at.field) {
            Some(place) => place.field.kind.canonical(raw).map_err(|_| "malformed")?,
            None => raw.to_owned(),
        };
        if !text.is_empty() {
            canonical.insert(at.to_string(), text);
        }
    }
    let (name, revision) = (form.form.to_string(), form.number);
    Ok(serde_json::to_vec(&Snapshot {
        answers: canonical,
        files: std::collections::BTreeMap::new(),
        form: name,
        overlay: String::new(),
        revision,
    })?)
}
