//! Addresses of annexes financières.

/// The annexe financière that was granted; noting its signature (post).
pub fn annex(id: &str) -> String {
    format!("/dossiers/{id}/annexe")
}

/// The convention that the annexe of a dossier belongs to; what is done with it (post).
pub fn convention(id: &str) -> String {
    format!("/dossiers/{id}/convention")
}

/// The register of annexes.
pub const ANNEXES: &str = "/annexes";
/// Noting the signature of several (post).
pub const SIGN_ANNEXES: &str = "/annexes/signatures";
/// The register as a file.
pub const ANNEXES_CSV: &str = "/annexes.csv";

/// A page of the register: a year, a pile, a département or empty texts, and the page from 1.
pub fn annexes(year: i32, pile: &str, department: &str, page: u32) -> String {
    format!("{ANNEXES}{}", asked(year, pile, department, page))
}

/// The same as a file.
pub fn annexes_csv(year: i32, pile: &str, department: &str) -> String {
    format!("{ANNEXES_CSV}{}", asked(year, pile, department, 1))
}

fn asked(year: i32, pile: &str, department: &str, page: u32) -> String {
    let mut asked = format!("?annee={year}");
    for (name, value) in [("etat", pile), ("departement", department)] {
        if !value.is_empty() {
            asked.extend(["&", name, "=", value]);
        }
    }
    if page > 1 {
        asked.extend(["&page=", &page.to_string()]);
    }
    asked
}
