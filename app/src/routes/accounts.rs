//! Addresses of signing in, of one's account and of one's team.

/// Signing in.
pub const SIGN_IN: &str = "/connexion";
/// Signing in as a demonstration persona (post).
pub const PERSONA: &str = "/connexion/demonstration";
/// Signing out (post).
pub const SIGN_OUT: &str = "/deconnexion";
/// Signing in through the provider of identities.
pub const PROVIDER: &str = "/connexion/proconnect";
/// Where the provider leads back to.
pub const PROVIDER_RETURN: &str = "/connexion/retour";
/// The code that a sign-in waits for (post).
pub const SIGN_IN_CODE: &str = "/connexion/code";
/// The second proof of one's account; what is done with it (post).
pub const SECOND_FACTOR: &str = "/connexions/code";
/// Where a person is signed in; ending it (post).
pub const CONNECTIONS: &str = "/connexions";
/// Who belongs to the structures, or to the service, of a person.
pub const TEAM: &str = "/equipe";
/// Inviting somebody (post).
pub const INVITATIONS: &str = "/equipe/invitations";
/// Answering to somebody who asks to be let in (post).
pub const DEMANDS: &str = "/equipe/demandes";
/// Taking somebody out (post).
pub const TAKE_OUT: &str = "/equipe/retrait";
/// What a person receives by mail; choosing (post).
pub const PREFERENCES: &str = "/preferences";
/// What is held about a person.
pub const PERSONAL: &str = "/mes-donnees";
/// The same as a file.
pub const PERSONAL_FILE: &str = "/mes-donnees/fichier";
/// What will be forgotten, and when.
pub const RETENTION: &str = "/conservation";
/// What would have been sent to the person of a demonstration.
pub const OUTBOX: &str = "/courriels";

/// Takes an invitation into a team back (post).
pub fn revoke(id: &str) -> String {
    format!("{INVITATIONS}/{id}/reprise")
}

/// Turns messages off for who holds this ticket (post), whoever is signed in.
pub fn unsubscribe(ticket: &str) -> String {
    format!("/desabonnement/{ticket}")
}
