//! What an agent types, kept before it is posted: sent by the script of the page, put away by a button.

use app::{format, routes};
use axum::{
    Form, Json,
    body::Bytes,
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use dossier::{
    id::DossierId,
    unposted::{Fields, Place},
};
use serde::{Deserialize, Serialize};
use service::{
    Actor,
    unposted::{self, KeepError, Typing},
};

use crate::web::{Web, access::Signed, answer::Refusal};

impl From<KeepError> for Refusal {
    fn from(error: KeepError) -> Self {
        match error {
            KeepError::NotFound => Self::NotFound,
            KeepError::BadText | KeepError::TooMany => Self::BadRequest,
            KeepError::Changed => Self::Unavailable,
            KeepError::Store(error) => error.into(),
        }
    }
}

/// A text as the script sends it.
#[derive(Deserialize)]
struct Sent {
    /// Whose it is: a page that was open before somebody else signed in says another one.
    #[serde(default)]
    compte: String,
    place: String,
    /// Names and values; none when the person emptied the form.
    champs: Vec<(String, String)>,
    /// The text that it continues; empty for none.
    #[serde(default)]
    copie: String,
    /// The version of it that the page saw.
    #[serde(default)]
    vu: u32,
    /// What the page calls itself.
    plume: String,
}

/// What became of it.
#[derive(Serialize)]
struct Answer {
    copie: String,
    version: u32,
    /// "10 h 42".
    heure: String,
    /// Whether another text is kept there.
    autre: bool,
}

/// Keeps a text as it is being typed; puts away one that was emptied.
pub async fn keep(
    State(web): State<Web>,
    signed: Result<Signed, Refusal>,
    Path(id): Path<String>,
    body: Bytes,
) -> Response {
    let kept = async {
        let Signed(actor) = signed?;
        let sent: Sent = serde_json::from_slice(&body).map_err(|_| Refusal::BadRequest)?;
        if !sent.compte.is_empty() && sent.compte != actor.account_id.as_str() {
            return Err(Refusal::OtherPerson);
        }
        let dossier = id.as_str().into();
        let place = Place::from_code(&sent.place).ok_or(Refusal::BadRequest)?;
        let hour = format::hour(web.services.now());
        if sent.champs.is_empty() {
            let text = (sent.copie.as_str(), sent.vu, sent.plume.as_str());
            unposted::emptied(&web.services, &actor, &dossier, text).await?;
            let none = Answer { copie: String::new(), version: 0, heure: hour, autre: false };
            return Ok(Json(none).into_response());
        }
        let Sent { champs, copie: copy, vu: seen, plume: pen, .. } = sent;
        let fields = Fields::new(champs).ok_or(Refusal::BadRequest)?;
        let typing = Typing { place, fields, copy, seen, pen };
        match unposted::keep(&web.services, &actor, &dossier, typing).await {
            Ok(kept) => {
                let (copie, version, autre) = (kept.copy, kept.version, kept.beside);
                Ok(Json(Answer { copie, version, heure: hour, autre }).into_response())
            }
            // Nothing is wrong with the text: the device keeps it, and says so.
            Err(KeepError::TooMany) => Ok(StatusCode::INSUFFICIENT_STORAGE.into_response()),
            Err(error) => Err(error.into()),
        }
    };
    kept.await.unwrap_or_else(|refusal: Refusal| refusal.as_json())
}

/// A text to put away or to take back, as a form says it.
#[derive(Deserialize)]
pub struct Cleared {
    geste: String,
    #[serde(default)]
    copie: String,
    /// The same, in the form that it fills.
    #[serde(default)]
    brouillon: String,
}

/// Puts a text away, or takes it back.
pub async fn clear(
    State(web): State<Web>,
    Signed(actor): Signed,
    Path(id): Path<String>,
    Form(asked): Form<Cleared>,
) -> Result<Redirect, Refusal> {
    let copy = if asked.copie.is_empty() { asked.brouillon } else { asked.copie };
    let is_cleared = match asked.geste.as_str() {
        "effacer" => true,
        "remettre" => false,
        _ => return Err(Refusal::BadRequest),
    };
    let dossier = id.as_str().into();
    unposted::clear(&web.services, &actor, &dossier, (&copy, is_cleared)).await?;
    Ok(Redirect::to(&routes::after_clearing(&id, &copy)))
}

/// Forgets what was just posted. Should that fail, what is posted stays so, and the next page finds that
/// it says the same.
pub async fn forget(
    web: &Web,
    actor: &Actor,
    here: (&DossierId, &Place),
    text: (&str, &str),
    words: &str,
) {
    if let Err(error) = unposted::posted(&web.services, actor, here, text, words).await {
        tracing::warn!(%error, "a text that was posted is still kept");
    }
}
