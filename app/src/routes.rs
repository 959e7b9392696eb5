//! Addresses, in one place. French nouns, as people read them.

/// Home of a signed-in person.
pub const HOME: &str = "/dossiers";
/// Signing in.
pub const SIGN_IN: &str = "/connexion";
/// Signing in as a demonstration persona (post).
pub const PERSONA: &str = "/connexion/demonstration";
/// Signing out (post).
pub const SIGN_OUT: &str = "/deconnexion";
/// Who is signed in (JSON): where a sign-in in place leads.
pub const WHO: &str = "/api/moi";
/// Opening a dossier.
pub const OPEN: &str = "/dossiers/ouvrir";
/// Where a link that gives steps leads, before its secret.
pub const INVITATION: &str = "/invitation";
/// Deposited dossiers of an agent's territory.
pub const RECEIVED: &str = "/territoire";

/// A dossier: leads to the step where something is left.
pub fn dossier(id: &str) -> String {
    format!("/dossiers/{id}")
}

/// A step of the wizard.
pub fn step(id: &str, section: &str) -> String {
    format!("/dossiers/{id}/etapes/{section}")
}

/// A step, with its problems shown, at one answer.
pub fn step_at(id: &str, section: &str, at: &form::At) -> String {
    format!("/dossiers/{id}/etapes/{section}?montrer=problemes#{at}")
}

/// The texts that one answer had; taking one of them again (post).
pub fn history(id: &str) -> String {
    format!("/dossiers/{id}/historique")
}

/// The texts of this answer.
pub fn history_of(id: &str, at: &form::At) -> String {
    format!("/dossiers/{id}/historique?reponse={}", at.to_string().replace('#', "%23"))
}

/// What a form that changed does to the dossier; following it (post).
pub fn form(id: &str) -> String {
    format!("/dossiers/{id}/formulaire")
}

/// What is left, and the deposit.
pub fn recap(id: &str) -> String {
    format!("/dossiers/{id}/recapitulatif")
}

/// Deposits the dossier (post).
pub fn deposit(id: &str) -> String {
    format!("/dossiers/{id}/depots")
}

/// A receipt.
pub fn receipt(id: &str, ordinal: u32) -> String {
    format!("/dossiers/{id}/depots/{ordinal}")
}

/// Withdraws a deposited dossier (post).
pub fn withdraw(id: &str) -> String {
    format!("/dossiers/{id}/retrait")
}

/// The draft as a file.
pub fn draft_file(id: &str) -> String {
    format!("/dossiers/{id}/brouillon.json")
}

/// Opens such a file again (post, multipart).
pub fn open_draft_file(id: &str) -> String {
    format!("/dossiers/{id}/brouillon")
}

/// Giving steps of a dossier to a colleague, and what was given.
pub fn shares(id: &str) -> String {
    format!("/dossiers/{id}/partage")
}

/// The same, with this step ticked.
pub fn share_step(id: &str, section: &str) -> String {
    format!("/dossiers/{id}/partage?etape={section}")
}

/// Takes steps back (post).
pub fn take_back(id: &str, share: &str) -> String {
    format!("/dossiers/{id}/partage/{share}/reprise")
}

/// A link that gives steps.
pub fn invitation(token: &str) -> String {
    format!("{INVITATION}/{token}")
}

/// Says that a page of a dossier is there (post, JSON).
pub fn presence(id: &str) -> String {
    format!("/api/dossiers/{id}/presence")
}

/// Takes gestures on answers (post, JSON).
pub fn operations(id: &str) -> String {
    format!("/api/dossiers/{id}/operations")
}

/// The same, refused when somebody else than this account is signed in.
pub fn operations_of(id: &str, account: &str) -> String {
    // A guest's is a name.
    let account = account.replace('%', "%25").replace('&', "%26").replace('+', "%2B");
    format!("/api/dossiers/{id}/operations?compte={}", account.replace('#', "%23"))
}
