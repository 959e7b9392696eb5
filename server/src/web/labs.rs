//! The open lab over HTTP: who leads a session, who takes part, and the door of its space.

pub mod door;
pub mod joining;
pub mod leading;
pub mod remarks;
pub mod synthesis;

use app::pages::labs::Visit;
use axum::{
    Router,
    http::{HeaderMap, header},
    middleware,
    routing::{get, post},
};
use service::labs::{LabError, Lacks};

use super::{Web, answer::Refusal};

tokio::task_local! {
    /// Who visits which space, for the page that is being made.
    static VISIT: Visit;
}

/// The visit of a space in which a page is being made.
pub fn visit() -> Option<Visit> {
    VISIT.try_with(Visit::clone).ok()
}

impl From<LabError> for Refusal {
    fn from(error: LabError) -> Self {
        match error {
            LabError::NotFound => Self::NotFound,
            LabError::NotOpen => Self::LabOver,
            LabError::BadRequest | LabError::Incomplete(_) | LabError::Full => Self::BadRequest,
            LabError::Store(error) => error.into(),
        }
    }
}

/// What is missing, as people read it.
fn sentence(lacks: Lacks) -> &'static str {
    match lacks {
        Lacks::Title => "Donnez un titre à l'atelier, en 120 caractères au plus.",
        Lacks::Place => "Dites où il se tient, en 80 caractères au plus.",
        Lacks::Day => "Choisissez le jour de l'atelier.",
        Lacks::Form => "Choisissez le formulaire à essayer.",
        Lacks::Seat => "Choisissez un côté : structure ou agent.",
        Lacks::Tasks => "Écrivez douze tâches au plus, une par ligne, de 200 caractères au plus.",
        Lacks::Name => "Choisissez un pseudonyme, en 30 caractères au plus.",
        Lacks::NameTaken => "Ce pseudonyme est déjà pris : choisissez-en un autre.",
        Lacks::Consent => "Pour participer, cochez « J'accepte ».",
        Lacks::Words => "Dites-le en quelques mots, en 2 000 caractères au plus.",
        Lacks::Answers => {
            "Il manque une réponse : chaque phrase, puis les deux questions. Le temps se dit en minutes."
        }
        Lacks::Reason => "Dites pourquoi elle est écartée, en 500 caractères au plus.",
        Lacks::Revision => "Dites dans quelle révision elle est faite.",
    }
}

/// Name of the cookie of a participant, which is also that of their session in the space.
pub fn cookie_name(secure: bool) -> &'static str {
    if secure { "__Host-espace" } else { "espace" }
}

/// The token of a participant.
fn token(headers: &HeaderMap, secure: bool) -> Option<&str> {
    super::access::cookie(headers, cookie_name(secure))
}

/// Whether this very cookie is there.
fn has_cookie(headers: &HeaderMap, name: &str, value: &str) -> bool {
    super::access::cookie(headers, name) == Some(value)
}

/// Cookies of who takes a place: the token, and that this device keeps nothing meanwhile. What the
/// person had said of their device before comes back when they leave.
fn cookies_in(headers: &HeaderMap, token: &str, secure: bool) -> Vec<String> {
    let only = if secure { "; Secure" } else { "" };
    let name = cookie_name(secure);
    let mut set =
        vec![format!("{name}={token}; Path=/; HttpOnly; SameSite=Lax; Max-Age=604800{only}")];
    if !has_cookie(headers, "trame-partage", "1") {
        set.push(super::sign_in::set_shared(true));
        set.push("trame-espace=1; Path=/; SameSite=Lax; Max-Age=604800".to_owned());
    }
    set
}

/// Cookies of who leaves.
fn cookies_out(headers: &HeaderMap, secure: bool) -> Vec<String> {
    let only = if secure { "; Secure" } else { "" };
    let name = cookie_name(secure);
    let mut set = vec![format!("{name}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0{only}")];
    if has_cookie(headers, "trame-espace", "1") {
        set.push(super::sign_in::set_shared(false));
        set.push("trame-espace=; Path=/; SameSite=Lax; Max-Age=0".to_owned());
    }
    set
}

/// An answer with these cookies.
fn with_cookies(
    mut response: axum::response::Response,
    cookies: Vec<String>,
) -> axum::response::Response {
    for cookie in cookies {
        if let Ok(value) = cookie.parse() {
            response.headers_mut().append(header::SET_COOKIE, value);
        }
    }
    response
}

/// Pages of sessions: those of the main site, never of a space.
pub fn routes() -> Router<Web> {
    Router::new()
        .route("/ateliers", get(leading::list))
        .route("/ateliers/nouveau", get(leading::new).post(leading::prepare))
        .route("/ateliers/{id}", get(leading::cockpit).post(leading::act))
        .route("/ateliers/{id}/projeter", get(leading::projected))
        .route("/ateliers/{id}/synthese", get(synthesis::page).post(synthesis::decide))
        .route("/ateliers/{id}/synthese.md", get(synthesis::markdown))
        .route("/ateliers/{id}/synthese.csv", get(synthesis::csv))
        .route("/a/{code}", get(joining::page).post(joining::join))
        .route("/atelier", get(joining::place).post(joining::typed))
        .route("/atelier/reprendre", post(joining::again))
        .route("/atelier/depart", post(joining::leave))
        .route("/atelier/remarques", post(remarks::pin))
        .route("/atelier/remarques/{id}/voix", post(remarks::vote))
        .route("/atelier/taches/{rank}", post(remarks::done))
        .route("/atelier/questionnaire", get(remarks::survey).post(remarks::answer))
}

/// Puts the door in front of a site.
pub fn behind_the_door(site: Router<Web>, web: &Web) -> Router<Web> {
    site.layer(middleware::from_fn_with_state(web.clone(), door::enter))
}
