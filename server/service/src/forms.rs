//! Which form a dossier follows.

pub use dossier::form::{Form, form_of};

/// The conventionnement.
pub const CONVENTIONNEMENT: &str = dossier::form::NAME;
/// The bilan annuel.
pub const BILAN: &str = dossier::form::bilan::NAME;

/// The form that new dossiers follow: its last revision.
pub fn current(name: &str) -> Option<Form> {
    (1..).map_while(|number| form_of(name, number)).last()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_known_by_the_name_it_bears() {
        for name in [CONVENTIONNEMENT, BILAN] {
            let form = current(name).unwrap().revision;
            assert_eq!(form.form, name);
            assert_eq!(form_of(name, form.number).unwrap().revision, form);
            assert!(form_of(name, form.number + 1).is_none());
        }
        assert!(current("?").is_none());
    }
}
