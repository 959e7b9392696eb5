//! Addresses of envelopes and of the simulations within them.

/// Envelopes of the territory.
pub const ENVELOPES: &str = "/enveloppes";

/// The same, of a year.
pub fn envelopes(year: i32) -> String {
    format!("{ENVELOPES}?annee={year}")
}

/// One envelope; setting it (post).
pub fn envelope(place: &str, kind: &str, year: i32) -> String {
    format!("{ENVELOPES}/{place}/{kind}?annee={year}")
}

/// Making a simulation (post).
pub const SIMULATIONS: &str = "/simulations";

/// A simulation.
pub fn simulation(id: &str) -> String {
    format!("{SIMULATIONS}/{id}")
}

/// A page of a simulation, or what is done to it, by its name.
pub fn simulation_page(id: &str, page: &str) -> String {
    format!("{SIMULATIONS}/{id}/{page}")
}

/// What came of turning it into proposals.
pub fn simulation_run(id: &str, run: &str) -> String {
    format!("{SIMULATIONS}/{id}/propositions/{run}")
}
