//! Who is away, and who covers: said, ended.

use app::{
    pages::leave::{LeavePage, LeavePageOf},
    routes,
};
use axum::{
    Form,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use form::Date;
use leptos::prelude::*;
use serde::Deserialize;
use service::{
    Actor,
    leave::{self, LeaveError},
};

use super::{
    Web,
    access::Signed,
    answer::{Refusal, page as dressed},
};

impl From<LeaveError> for Refusal {
    fn from(error: LeaveError) -> Self {
        match error {
            LeaveError::NotFound => Self::NotFound,
            LeaveError::Store(error) => error.into(),
            _ => Self::BadRequest,
        }
    }
}

/// The page.
pub async fn page(State(web): State<Web>, Signed(actor): Signed) -> Result<Response, Refusal> {
    show(&web, actor, ([const { String::new() }; 3], None)).await
}

async fn show(
    web: &Web,
    actor: Actor,
    (typed, refused): ([String; 3], Option<String>),
) -> Result<Response, Refusal> {
    let leaves = leave::of(&web.services, &actor).await?;
    let today = web.services.clock.today().ok_or(Refusal::Unavailable)?;
    let status = if refused.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let page = LeavePageOf { leaves, typed, refused, today };
    let html = dressed(web, Some(actor), "Absences et remplacements", None, move || {
        view! { <LeavePage page /> }
    });
    Ok((status, html).into_response())
}

/// A leave, as it is posted.
#[derive(Deserialize)]
pub struct Posted {
    geste: String,
    #[serde(default)]
    du: String,
    #[serde(default)]
    au: String,
    #[serde(default)]
    par: String,
    #[serde(default)]
    absence: String,
}

/// Says a leave, or ends one.
pub async fn change(
    State(web): State<Web>,
    Signed(actor): Signed,
    Form(posted): Form<Posted>,
) -> Result<Response, Refusal> {
    let there = || Redirect::to(routes::LEAVE).into_response();
    let Posted { geste, du, au, par, absence } = posted;
    if geste == "finir" {
        leave::end(&web.services, &actor, &absence).await?;
        return Ok(there());
    }
    if geste != "dire" {
        return Err(Refusal::BadRequest);
    }
    let refused = match (Date::parse(&du), Date::parse(&au)) {
        (Some(first), Some(last)) => {
            let by = par.as_str().into();
            match leave::say(&web.services, &actor, (first, last), &by).await {
                Ok(()) => return Ok(there()),
                Err(error) => why(error)?,
            }
        }
        _ => "Donnez les deux dates de votre absence, par exemple 02/08/2027.".to_owned(),
    };
    show(&web, actor, ([du, au, par], Some(refused))).await
}

/// What is said of a leave that is refused.
fn why(error: LeaveError) -> Result<String, Refusal> {
    let days = |leave: dossier::leave::Leave| {
        let day = app::format::date;
        format!("du {} au {}", day(leave.first()), day(leave.last()))
    };
    Ok(match error {
        LeaveError::Dates(refused) => refused.sentence().to_owned(),
        LeaveError::Meets(other) => {
            format!(
                "Vous avez déjà dit une absence {}. Annulez-la d'abord, ou choisissez d'autres dates.",
                days(other)
            )
        }
        LeaveError::AwayToo(other) => {
            format!(
                "Ce collègue est absent {}. Choisissez-en un autre, ou d'autres dates.",
                days(other)
            )
        }
        LeaveError::NotThem => {
            "Cette personne ne peut pas vous remplacer. Choisissez quelqu'un de la liste."
                .to_owned()
        }
        LeaveError::TooMany => {
            "Vous avez déjà dit beaucoup d'absences : annulez-en une avant d'en ajouter.".to_owned()
        }
        other => return Err(other.into()),
    })
}
