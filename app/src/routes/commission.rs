//! Addresses of the commission.

/// Its calendar; planning a sitting (post).
pub const COMMISSION: &str = "/commission";

/// A sitting; changing when and where it is (post).
pub fn sitting(id: &str) -> String {
    format!("{COMMISSION}/{id}")
}

/// Its agenda, changed (post).
pub fn sitting_agenda(id: &str) -> String {
    format!("{COMMISSION}/{id}/ordre-du-jour")
}

/// Sends its pack, holds, cancels or restores it (post).
pub fn sitting_deed(id: &str) -> String {
    format!("{COMMISSION}/{id}/etape")
}

/// Its pack.
pub fn pack(id: &str) -> String {
    format!("{COMMISSION}/{id}/dossier")
}

/// What the commission says; noting it (post).
pub fn opinions(id: &str) -> String {
    format!("{COMMISSION}/{id}/avis")
}

/// What it said.
pub fn minutes(id: &str) -> String {
    format!("{COMMISSION}/{id}/releve")
}

/// The same as a file.
pub fn minutes_file(id: &str) -> String {
    format!("{COMMISSION}/{id}/releve.csv")
}
