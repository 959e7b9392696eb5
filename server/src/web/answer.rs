//! Answers: pages, refusals as pages, refusals as JSON. A refusal says what happened and what to do,
//! never the inside.

use app::{
    exchange::Refused,
    pages::message::{Message, MessagePage},
    routes,
    shell::{Frame, Live, document, render},
};
use axum::{
    Json,
    extract::{Request, State},
    http::{HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{Html, IntoResponse, Redirect, Response},
};
use leptos::prelude::*;
use service::{
    Actor, StoreError,
    drafts::{OpenError, ReadError, SaveError},
};

use super::Web;

tokio::task_local! {
    /// Path of the page that is being made: the frame shows where one is.
    static PATH: String;
}

/// Why a page is not given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Sign in, then come back.
    SignedOut {
        /// Where one wanted to go.
        back: String,
    },
    /// Another person is signed in than the one who wrote.
    OtherPerson,
    /// Nothing there, or nothing for this person: the same answer.
    NotFound,
    /// What was given to this guest was taken back, or is over; or this link gives nothing any more.
    Ended,
    /// The session of the open lab is over.
    LabOver,
    /// Its space was reset.
    LabReset,
    /// The dossier is not open to writing.
    Closed {
        /// The dossier.
        id: String,
    },
    /// What was sent makes no sense.
    BadRequest,
    /// Another site posts in the name of a signed-in person.
    ForeignSite,
    /// Asked too often.
    TooMany {
        /// After how many seconds it may be asked again.
        seconds: u32,
    },
    /// An invitation into a team was used, taken back, or is too old.
    InvitationOver,
    /// Something is wrong on our side.
    Unavailable,
}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Self {
        tracing::error!(%error, "the store refused");
        Self::Unavailable
    }
}

impl From<ReadError> for Refusal {
    fn from(error: ReadError) -> Self {
        match error {
            ReadError::NotFound => Self::NotFound,
            ReadError::Store(error) => error.into(),
        }
    }
}

impl From<OpenError> for Refusal {
    fn from(error: OpenError) -> Self {
        match error {
            OpenError::NotFound => Self::NotFound,
            OpenError::UnknownForm | OpenError::NotOfKind | OpenError::BadRequest => {
                Self::BadRequest
            }
            OpenError::Store(error) => error.into(),
        }
    }
}

impl Refusal {
    /// The refusal of a save of this dossier.
    pub fn of_save(error: SaveError, id: &str) -> Self {
        match error {
            SaveError::NotFound => Self::NotFound,
            SaveError::NotEditable => Self::Closed { id: id.to_owned() },
            SaveError::TooMany => Self::BadRequest,
            SaveError::Store(error) => error.into(),
        }
    }

    /// The same, for the browser programme.
    pub fn as_json(&self) -> Response {
        let (status, refused) = match self {
            Self::SignedOut { .. } => (StatusCode::UNAUTHORIZED, Refused::SignedOut),
            Self::OtherPerson => (StatusCode::FORBIDDEN, Refused::OtherPerson),
            Self::NotFound => (StatusCode::NOT_FOUND, Refused::NotFound),
            Self::Ended | Self::LabOver | Self::LabReset => (StatusCode::GONE, Refused::Ended),
            Self::Closed { .. } => (StatusCode::CONFLICT, Refused::Closed),
            Self::BadRequest => (StatusCode::BAD_REQUEST, Refused::BadRequest),
            Self::ForeignSite => (StatusCode::FORBIDDEN, Refused::BadRequest),
            Self::TooMany { .. } => (StatusCode::TOO_MANY_REQUESTS, Refused::Unavailable),
            Self::InvitationOver => (StatusCode::GONE, Refused::NotFound),
            Self::Unavailable => (StatusCode::SERVICE_UNAVAILABLE, Refused::Unavailable),
        };
        (status, Json(refused)).into_response()
    }

    fn message(self) -> (StatusCode, Message) {
        let home = || "/".to_owned();
        match self {
            Self::SignedOut { back } => (
                StatusCode::UNAUTHORIZED,
                Message {
                    title: "Connectez-vous pour continuer",
                    text: "Votre connexion s'est terminée. Ce qui était enregistré l'est toujours.".into(),
                    href: sign_in_then(&back),
                    link: "Se connecter",
                },
            ),
            Self::OtherPerson => (
                StatusCode::FORBIDDEN,
                Message {
                    title: "Une autre personne est connectée",
                    text: "Ce qui a été écrit ne part pas sous un autre nom. Reconnectez-vous, puis recommencez.".into(),
                    href: home(),
                    link: "Revenir à l'accueil",
                },
            ),
            Self::NotFound => (
                StatusCode::NOT_FOUND,
                Message {
                    title: "Cette page n'existe pas",
                    text: "L'adresse est peut-être incomplète, ou ce dossier n'est pas le vôtre. Reprenez depuis l'accueil.".into(),
                    href: home(),
                    link: "Revenir à l'accueil",
                },
            ),
            Self::Ended => (
                StatusCode::GONE,
                Message {
                    title: "Ce lien ne donne plus accès au dossier",
                    text: "L'étape qui vous était confiée a été reprise, ou la date est passée. Ce que vous aviez enregistré est gardé dans le dossier. Pour continuer, demandez un nouveau lien à la personne qui vous l'avait donné.".into(),
                    href: home(),
                    link: "Aller à l'accueil",
                },
            ),
            Self::LabOver => (
                StatusCode::GONE,
                Message {
                    title: "Cet atelier n'est pas ouvert",
                    text: "Il est terminé, ou n'a pas encore commencé. Si vous y avez participé, vos remarques sont gardées et vous pouvez encore répondre au questionnaire. Merci !".into(),
                    href: "/atelier".to_owned(),
                    link: "Revenir à l'atelier",
                },
            ),
            Self::LabReset => (
                StatusCode::GONE,
                Message {
                    title: "L'atelier a été remis à zéro",
                    text: "L'animateur a remis les dossiers comme au début. Vos remarques sont gardées ; ce que vous aviez écrit dans le dossier fictif ne l'est pas.".into(),
                    href: "/atelier".to_owned(),
                    link: "Reprendre une place",
                },
            ),
            Self::Closed { id } => (
                StatusCode::CONFLICT,
                Message {
                    title: "Ce dossier n'est plus un brouillon",
                    text: "Il a été déposé ou fermé entre-temps, sans doute par une autre personne de la structure. Ce qui avait été enregistré est gardé.".into(),
                    href: routes::dossier(&id),
                    link: "Voir où il en est",
                },
            ),
            Self::BadRequest => (
                StatusCode::BAD_REQUEST,
                Message {
                    title: "Cette demande n'est pas complète",
                    text: "Il manque quelque chose, ou une valeur ne convient pas. Revenez en arrière et réessayez : ce qui était enregistré l'est toujours.".into(),
                    href: home(),
                    link: "Revenir à l'accueil",
                },
            ),
            Self::ForeignSite => (
                StatusCode::FORBIDDEN,
                Message {
                    title: "Cette demande vient d'un autre site",
                    text: "Elle est refusée, pour votre sécurité. Reprenez depuis Trame.".into(),
                    href: home(),
                    link: "Revenir à l'accueil",
                },
            ),
            Self::TooMany { seconds } => {
                (StatusCode::TOO_MANY_REQUESTS, super::limits::patience(seconds))
            }
            Self::InvitationOver => (StatusCode::GONE, super::team::over()),
            Self::Unavailable => (
                StatusCode::SERVICE_UNAVAILABLE,
                Message {
                    title: "Un instant, le service ne répond pas",
                    text: "Ce n'est pas de votre fait. Ce qui était enregistré l'est toujours ; réessayez dans une minute.".into(),
                    href: home(),
                    link: "Réessayer",
                },
            ),
        }
    }
}

/// Signing in, then going there.
fn sign_in_then(back: &str) -> String {
    format!(
        "{}?retour={}",
        routes::SIGN_IN,
        back.replace('%', "%25").replace('&', "%26").replace('#', "%23").replace('+', "%2B")
    )
}

/// A refusal is a page, with the frame of a person nobody knows: it is built without the store.
impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        if let Self::SignedOut { back } = &self {
            return Redirect::to(&sign_in_then(back)).into_response();
        }
        let mut response = StatusCode::OK.into_response();
        response.extensions_mut().insert(self.clone());
        let (status, _) = self.message();
        *response.status_mut() = status;
        response
    }
}

/// Gives refusals their page: the frame needs the addresses of the built files. What the library
/// under us refuses by itself (a path that does not read, a body too long) is dressed too: its own
/// words are for developers.
pub async fn dress(State(web): State<Web>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let watched = matches!(path, "/healthz" | "/readyz");
    let (for_programme, reads) = (path.starts_with("/api/"), request.method() == Method::GET);
    let here = request.uri().path().to_owned();
    let mut response = PATH.scope(here, next.run(request)).await;
    let status = response.status();
    let refusal = match response.extensions_mut().remove::<Refusal>() {
        Some(refusal) => refusal,
        None if !watched && is_bare(&response) => match status {
            StatusCode::SERVICE_UNAVAILABLE | StatusCode::INTERNAL_SERVER_ERROR => {
                Refusal::Unavailable
            }
            StatusCode::METHOD_NOT_ALLOWED => Refusal::NotFound,
            StatusCode::BAD_REQUEST if reads => Refusal::NotFound,
            _ => Refusal::BadRequest,
        },
        None => return response,
    };
    let too_long = status == StatusCode::PAYLOAD_TOO_LARGE;
    let after = match refusal {
        Refusal::TooMany { seconds } => Some([(header::RETRY_AFTER, seconds.to_string())]),
        _ => None,
    };
    if for_programme {
        let mut answer = (after, refusal.as_json()).into_response();
        if too_long {
            *answer.status_mut() = status;
        }
        return answer;
    }
    let (mut status, message) = refusal.message();
    if too_long {
        status = StatusCode::PAYLOAD_TOO_LARGE;
    }
    let title = message.title;
    let again = response.extensions_mut().remove();
    let html = page(&web, None, title, None, move || view! { <MessagePage message again /> });
    (status, after, html).into_response()
}

/// Whether an answer is a refusal in the words of the library under us.
fn is_bare(response: &Response) -> bool {
    let status = response.status();
    let kind = response.headers().get(header::CONTENT_TYPE).map(HeaderValue::as_bytes);
    let plain = kind.is_none_or(|kind| kind.starts_with(b"text/plain"));
    (status.is_client_error() || status.is_server_error()) && plain
}

/// A whole page.
pub fn page<V: IntoView + 'static>(
    web: &Web,
    actor: Option<Actor>,
    title: &str,
    live: Option<Live<'_>>,
    body: impl FnOnce() -> V,
) -> Html<String> {
    let demo = web.services.demo;
    let visit = super::labs::visit();
    let path = PATH.try_with(String::clone).unwrap_or_default();
    let html = render(|| {
        let body = body().into_any();
        view! { <Frame actor demo visit path>{body}</Frame> }
    });
    Html(document(&web.assets, title, &html, live))
}

/// A text that the browser keeps as a file.
pub fn download(kind: &'static str, name: &str, text: String) -> Response {
    let name = format!("attachment; filename=\"{name}\"");
    let about = [(header::CONTENT_TYPE, kind.to_owned()), (header::CONTENT_DISPOSITION, name)];
    (about, text).into_response()
}

/// The kind of a file for spreadsheets.
pub const CSV: &str = "text/csv; charset=utf-8";

/// An address that leads nowhere.
pub async fn nowhere() -> Refusal {
    Refusal::NotFound
}
