//! The national forms on the command line: reference page, frozen revisions, checks.

use std::{collections::BTreeSet, fs, path::PathBuf};

use dossier::form::{CONVENTIONNEMENT, bilan::BILAN};
use form::{Cond, Revision};

/// Frozen revisions, next to the form that they froze.
const FROZEN: &str = "app/dossier/frozen";

/// Every form, at the revision that new dossiers follow.
pub fn forms() -> [&'static Revision; 2] {
    [&CONVENTIONNEMENT, &BILAN]
}

/// The reference page of every form.
pub fn describe() -> String {
    forms().map(form::describe).join("\n")
}

/// Freezes the present revisions.
///
/// # Errors
/// When a file cannot be written.
pub fn freeze() -> Result<(), String> {
    for form in forms() {
        let path = path_of(form);
        let text = frozen(form)?;
        fs::create_dir_all(FROZEN)
            .and_then(|()| fs::write(&path, text))
            .map_err(|e| format!("{} : {e}", path.display()))?;
        println!("{}", path.display());
    }
    Ok(())
}

/// Whether each present revision is frozen as the programme says it.
///
/// # Errors
/// Names the revision that changed.
pub fn check_frozen() -> Result<(), String> {
    for form in forms() {
        let path = path_of(form);
        let text = fs::read_to_string(&path).map_err(|e| format!("{} : {e}", path.display()))?;
        let read: Revision =
            serde_json::from_str(&text).map_err(|e| format!("{} : {e}", path.display()))?;
        if read != *form {
            return Err(format!(
                "la révision {} du formulaire « {} » est figée et le programme en dit autre chose : ouvrez une nouvelle révision, ou figez de nouveau (form freeze) si elle n'a encore servi à personne",
                form.number, form.form
            ));
        }
    }
    Ok(())
}

/// Checks ids and conditions.
///
/// # Errors
/// Every fault, one a line.
pub fn check() -> Result<(), String> {
    let mut faults = Vec::new();
    for form in forms() {
        let mut seen = BTreeSet::new();
        for place in form.places() {
            let id = place.field.id.as_ref();
            if !seen.insert(id) {
                faults.push(format!("{id} : deux fois"));
            }
            for cond in [
                &place.field.asked,
                &place.field.visible,
                &place.field.required,
                &place.group.visible,
            ] {
                faults.extend(
                    unknown(form, cond).map(|read| format!("{id} : lit {read}, qui n'existe pas")),
                );
            }
        }
    }
    if faults.is_empty() {
        println!("Les formulaires sont cohérents.");
        return Ok(());
    }
    Err(faults.join("\n"))
}

fn unknown<'a>(form: &'a Revision, cond: &'a Cond) -> impl Iterator<Item = &'a str> {
    // The request and the structure are answers of every dossier, whatever its form asks.
    cond.reads().into_iter().filter(|id| !id.starts_with("demande.") && form.place(id).is_none())
}

fn path_of(form: &Revision) -> PathBuf {
    PathBuf::from(FROZEN).join(format!("{}-{}.json", form.form, form.number))
}

fn frozen(form: &Revision) -> Result<String, String> {
    serde_json::to_string_pretty(form).map(|text| text + "\n").map_err(|e| e.to_string())
}
