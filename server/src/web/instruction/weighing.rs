//! A signal that is set aside with a reason, or taken up again, as it is posted.

use app::routes;
use axum::{
    Form,
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};
use dossier::unposted::Place;
use serde::Deserialize;
use service::instruction::{self, SignalError};

use super::{lens, refused, render, unposted};
use crate::web::{Web, access::Signed, answer::Refusal};

/// What is done with a signal.
#[derive(Deserialize)]
pub struct Posted {
    geste: String,
    #[serde(default)]
    chiffres: String,
    #[serde(default)]
    texte: String,
    #[serde(default)]
    regard: String,
    #[serde(default)]
    brouillon: String,
    #[serde(default)]
    plume: String,
}

/// Sets it aside, or takes it up again. A reason that is not kept comes back with what stands against it.
pub async fn weigh(
    State(web): State<Web>,
    Signed(actor): Signed,
    Path((id, signal)): Path<(String, String)>,
    Form(posted): Form<Posted>,
) -> Result<Response, Refusal> {
    let Posted { geste, chiffres, texte, regard, brouillon, plume } = posted;
    let place = Place::Signal(signal.clone());
    let (services, dossier) = (&web.services, id.as_str().into());
    let done = match geste.as_str() {
        "ecarter" => {
            let what = (signal.as_str(), chiffres.as_str());
            instruction::set_aside(services, &actor, &dossier, what, &texte).await
        }
        "reprendre" => instruction::take_up(services, &actor, &dossier, &signal).await,
        _ => return Err(Refusal::BadRequest),
    };
    let sentence = match done {
        Ok(()) => {
            if geste == "ecarter" {
                let text = (brouillon.as_str(), plume.as_str());
                unposted::forget(&web, &actor, (&dossier, &place), text, &texte).await;
            }
            return Ok(Redirect::to(&routes::signals(&id, lens(&regard))).into_response());
        }
        Err(SignalError::NotFound | SignalError::NotForRole) => return Err(Refusal::NotFound),
        Err(SignalError::Store(error)) => return Err(error.into()),
        Err(SignalError::BadReason) => {
            "Écrivez pourquoi vous écartez ce signal, en 2 000 caractères au plus."
        }
        Err(SignalError::Changed) => {
            "Les chiffres de ce signal ont changé entre-temps. Relisez-les avant de l'écarter."
        }
    };
    let beside = refused(sentence, (place, &texte));
    render(&web, actor, &id, (None, &regard), beside).await
}
