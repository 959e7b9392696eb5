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
/// What sources do for the dossiers.
pub const COVERAGE: &str = "/couverture";
/// The same as a file.
pub const COVERAGE_FILE: &str = "/couverture.csv";

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

/// The document that answers a question.
pub fn document(id: &str, at: &form::At) -> String {
    format!("/dossiers/{id}/document?reponse={}", at.to_string().replace('#', "%23"))
}

/// Sends one (post, multipart), over the answer of this version.
pub fn attach(id: &str, at: &form::At, seen: u32) -> String {
    format!("{}&vu={seen}", document(id, at))
}

/// Makes a document the answer that was there before (post).
pub fn choose_document(id: &str) -> String {
    format!("/dossiers/{id}/document/choix")
}

/// Takes it away (post).
pub fn remove_document(id: &str) -> String {
    format!("/dossiers/{id}/document/retrait")
}

/// The bytes of a document.
pub fn file(id: &str) -> String {
    format!("/documents/{id}")
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

/// Where an agent reads the last deposit, annotates it and acts on it.
pub fn instruction(id: &str) -> String {
    format!("/dossiers/{id}/instruction")
}

/// The same, about to write a note on this answer.
pub fn annotate(id: &str, at: &form::At) -> String {
    let at = at.to_string();
    format!("/dossiers/{id}/instruction?annoter={}#rep-{at}", at.replace('#', "%23"))
}

/// Acts of the State (post).
pub fn acts(id: &str) -> String {
    format!("/dossiers/{id}/actes")
}

/// Notes on the last deposit (post).
pub fn notes(id: &str) -> String {
    format!("/dossiers/{id}/notes")
}

/// Answering to a note (post).
pub fn answer_note(id: &str, note: &str) -> String {
    format!("/dossiers/{id}/notes/{note}/reponses")
}

/// Settling a note, or opening it again (post).
pub fn settle_note(id: &str, note: &str) -> String {
    format!("/dossiers/{id}/notes/{note}/reglee")
}

/// What is asked of the structure.
pub fn asked(id: &str) -> String {
    format!("/dossiers/{id}/questions")
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
