//! Of an agent's desk: what they typed and did not post, views by name, leave.

use super::{RECEIVED, instruction};

/// Keeps what an agent types (post, JSON).
pub fn keep_typed(id: &str) -> String {
    format!("/api/dossiers/{id}/brouillons")
}

/// Puts such a text away, or takes it back (post).
pub fn unposted(id: &str) -> String {
    format!("/dossiers/{id}/brouillons")
}

/// Where one goes on with a text: a new note on this answer.
pub fn resume_note(id: &str, at: &form::At, copy: &str) -> String {
    format!("{}?annoter={}&reprendre={copy}#rep-{at}", instruction(id), super::in_query(at))
}

/// The same, in what is there already: an answer to a note, an act.
pub fn resume(id: &str, copy: &str, anchor: &str) -> String {
    format!("{}?reprendre={copy}#{anchor}", instruction(id))
}

/// The dossier, after a text was put away or taken back.
pub fn after_clearing(id: &str, copy: &str) -> String {
    format!("{}?efface={copy}#brouillons", instruction(id))
}

/// Keeps a view of the work list under a name, or changes one (post).
pub const VIEWS: &str = "/territoire/vues";
/// Who is away, and who covers.
pub const LEAVE: &str = "/territoire/absences";

/// The work list, after a view was removed.
pub fn after_view(query: &str, removed: &str) -> String {
    match query {
        "" => format!("{RECEIVED}?vue-retiree={removed}"),
        query => format!("{RECEIVED}?{query}&vue-retiree={removed}"),
    }
}
