//! Addresses of what an agent needs to read a deposit.

/// Setting a signal aside with a reason, or taking it up again (post).
pub fn signal(id: &str, code: &str) -> String {
    format!("/dossiers/{id}/signaux/{code}")
}

/// The signals of the dossier that is read through a lens.
pub fn signals(id: &str, lens: &str) -> String {
    format!("/dossiers/{id}/instruction?regard={lens}#signaux")
}

/// Questions that one composes to read by; a new one (post).
pub fn lenses(id: &str) -> String {
    format!("/dossiers/{id}/regards")
}

/// The same, with what this one shows.
pub fn lens_from(id: &str, lens: &str) -> String {
    format!("/dossiers/{id}/regards?depuis={lens}")
}

/// The same, when this one was just taken away.
pub fn lens_removed(id: &str, lens: &str) -> String {
    format!("/dossiers/{id}/regards?retiree={lens}")
}

/// One of one's own, to change it (get, post).
pub fn lens(id: &str, lens: &str) -> String {
    format!("/dossiers/{id}/regards/{lens}")
}

/// Two deposits side by side; the sides are asked by a form.
pub fn compared(id: &str) -> String {
    format!("/dossiers/{id}/comparer")
}
