//! The code that is asked after a password.

use app::pages::second_factor::{CodePage, SecondFactor, SecondFactorPage, Waiting};
use axum::{
    Form,
    extract::State,
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use leptos::prelude::*;
use serde::Deserialize;
use service::{
    Actor,
    second_factor::{self, FactorError, FinishError, Standing},
};

use super::{
    Web,
    access::Signed,
    answer::{Refusal, page as dressed},
    limits::Client,
    qr::qr,
    sign_in::{self, Welcome},
};
use crate::limits::{Class, Who};

impl From<FactorError> for Refusal {
    fn from(error: FactorError) -> Self {
        match error {
            FactorError::NotFound => Self::NotFound,
            FactorError::WrongCode | FactorError::Otherwise => Self::BadRequest,
            FactorError::Store(error) => error.into(),
        }
    }
}

/// The page where the code of a sign-in is typed.
pub fn ask(web: &Web, waiting: Waiting) -> Response {
    let status = if waiting.refused { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let body = move || view! { <CodePage waiting /> };
    (status, dressed(web, None, "Votre code de connexion", None, body)).into_response()
}

/// A code, for a sign-in.
#[derive(Deserialize)]
pub struct Typed {
    jeton: String,
    code: String,
    #[serde(default)]
    retour: String,
    #[serde(default)]
    partage: String,
}

/// Finishes a sign-in.
pub async fn finish(
    State(web): State<Web>,
    client: Client,
    headers: HeaderMap,
    Form(typed): Form<Typed>,
) -> Result<Response, Refusal> {
    match second_factor::finish(&web.services, &typed.jeton, &typed.code).await {
        Ok(signed) => {
            let how = Welcome::here(&signed, &typed.retour, &typed.partage);
            sign_in::welcome(&web, &headers, client, how).await
        }
        Err(FinishError::WrongCode) => {
            let shared = !typed.partage.is_empty();
            let (token, back) = (typed.jeton, typed.retour);
            Ok(ask(&web, Waiting { token, back, shared, refused: true }))
        }
        Err(FinishError::Over) => sign_in::again(&web, typed.retour).await,
        Err(FinishError::Store(error)) => Err(error.into()),
    }
}

/// The page of the account.
pub async fn page(State(web): State<Web>, Signed(actor): Signed) -> Result<Response, Refusal> {
    show(&web, actor, Vec::new(), false).await
}

async fn show(
    web: &Web,
    actor: Actor,
    paper: Vec<String>,
    refused: bool,
) -> Result<Response, Refusal> {
    let standing = second_factor::standing(&web.services, &actor).await?;
    let square = match &standing {
        Standing::Waiting { address, .. } => qr(address),
        Standing::Off | Standing::On { .. } => None,
    };
    let page = SecondFactor { standing, qr: square, paper, refused };
    let status = if refused { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let body = move || view! { <SecondFactorPage page /> };
    Ok((status, dressed(web, Some(actor), "Code à la connexion", None, body)).into_response())
}

/// What is done with it.
#[derive(Deserialize)]
pub struct Gesture {
    geste: String,
    #[serde(default)]
    code: String,
}

/// Does it, and shows the page: codes on paper are in no address, and are shown once.
pub async fn change(
    State(web): State<Web>,
    Signed(actor): Signed,
    Form(Gesture { geste, code }): Form<Gesture>,
) -> Result<Response, Refusal> {
    // A code has a million values: whoever holds the session does not try them all.
    let who = Who::Person(actor.account_id.as_str());
    let counted = web.limits.take(Class::Password, who, web.services.now());
    counted.map_err(|seconds| Refusal::TooMany { seconds })?;
    let services = &web.services;
    let nothing = |()| Vec::new();
    let done = match geste.as_str() {
        "commencer" => second_factor::begin(services, &actor).await.map(nothing),
        "confirmer" => second_factor::confirm(services, &actor, &code).await,
        "secours" => second_factor::renew_paper(services, &actor, &code).await,
        "arreter" => second_factor::turn_off(services, &actor, &code).await.map(nothing),
        _ => return Err(Refusal::BadRequest),
    };
    match done {
        Ok(paper) => show(&web, actor, paper, false).await,
        Err(FactorError::WrongCode) => show(&web, actor, Vec::new(), true).await,
        // Done in another tab meanwhile: how it stands now says all.
        Err(FactorError::Otherwise) => show(&web, actor, Vec::new(), false).await,
        Err(error) => Err(error.into()),
    }
}
