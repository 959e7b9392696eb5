//! The commission over HTTP.

mod agenda;
mod hearing;
mod papers;

use app::{
    pages::commission::{
        calendar::{Calendar, CalendarPage},
        sitting::{Desk, SittingPage, Unkept},
        title,
    },
    routes,
};
use axum::{
    Form, Router,
    extract::{Path, Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};
use dossier::{
    commission::Deed,
    right::{CommissionRight, allows_commission},
};
use form::Date;
use leptos::prelude::*;
use serde::Deserialize;
use service::{
    Actor,
    commission::{self, Benches, PlanError, SittingError, Typed},
};

use super::{
    Web,
    access::Signed,
    answer::{Refusal, page as dressed},
};

impl From<SittingError> for Refusal {
    fn from(error: SittingError) -> Self {
        match error {
            SittingError::NotFound => Self::NotFound,
            SittingError::Store(error) => error.into(),
        }
    }
}

/// Its pages: those of the main site, never of a space.
pub fn routes() -> Router<Web> {
    Router::new()
        .route("/commission", get(calendar).post(plan))
        .route("/commission/{sitting}", get(sitting).post(change))
        .route("/commission/{sitting}/ordre-du-jour", post(agenda::change))
        .route("/commission/{sitting}/etape", post(move_on))
        .route("/commission/{sitting}/dossier", get(papers::pack))
        .route("/commission/{sitting}/avis", get(hearing::page).post(hearing::note))
        .route("/commission/{sitting}/releve", get(papers::minutes))
        .route("/commission/{sitting}/releve.csv", get(papers::minutes_file))
}

fn today(web: &Web) -> Result<Date, Refusal> {
    web.services.clock.today().ok_or(Refusal::Unavailable)
}

/// An appointment, as it is posted.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Posted {
    departement: String,
    jour: String,
    heure: String,
    lieu: String,
    envoi: String,
    vu: String,
}

impl Posted {
    fn typed(&self) -> Typed {
        Typed {
            day: self.jour.clone(),
            hour: self.heure.clone(),
            place: self.lieu.clone(),
            pack_day: self.envoi.clone(),
        }
    }
}

async fn calendar(State(web): State<Web>, Signed(actor): Signed) -> Result<Response, Refusal> {
    calendar_shown(&web, actor, None).await
}

async fn calendar_shown(
    web: &Web,
    actor: Actor,
    refused: Option<(&'static str, Typed)>,
) -> Result<Response, Refusal> {
    let benches = Benches::of(&actor, CommissionRight::ReadPacks);
    if benches.departments().is_empty() {
        return Err(Refusal::NotFound);
    }
    let waiting = if allows_commission(actor.role, CommissionRight::Keep) {
        Some(commission::waiting(&web.services, &actor, None).await?)
    } else {
        None
    };
    let status = if refused.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let calendar = Calendar {
        departments: benches.departments().to_vec(),
        sittings: commission::list(&web.services, &actor).await?,
        waiting,
        refused,
        today: today(web)?,
    };
    let html = dressed(web, Some(actor), "Commission", None, move || {
        view! { <CalendarPage calendar /> }
    });
    Ok((status, html).into_response())
}

async fn plan(
    State(web): State<Web>,
    Signed(actor): Signed,
    Form(posted): Form<Posted>,
) -> Result<Response, Refusal> {
    let typed = posted.typed();
    match commission::plan(&web.services, &actor, &posted.departement, &typed).await {
        Ok(id) => Ok(to(id.as_str(), "prevue")),
        Err(PlanError::Appointment(why)) => {
            calendar_shown(&web, actor, Some((why.sentence(), typed))).await
        }
        Err(error) => Err(refusal(error)),
    }
}

/// What has no page of its own.
fn refusal(error: PlanError) -> Refusal {
    match error {
        PlanError::NotFound => Refusal::NotFound,
        PlanError::Store(error) => error.into(),
        PlanError::Appointment(_) | PlanError::Refused(_) | PlanError::Changed => {
            Refusal::BadRequest
        }
    }
}

/// The sitting, with what was just done.
fn to(id: &str, done: &str) -> Response {
    Redirect::to(&format!("{}?fait={done}", routes::sitting(id))).into_response()
}

/// What the address asks.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Asked {
    fait: String,
    combien: String,
}

/// What was just done, as the address tells.
fn done(asked: &Asked) -> Option<String> {
    let count: u32 = asked.combien.parse().unwrap_or(0);
    let says = match asked.fait.as_str() {
        "prevue" => "La séance est prévue. Mettez maintenant des dossiers à son ordre du jour.",
        "changee" => "La séance est changée.",
        "envoi" => {
            "Le dossier de séance est envoyé : les membres de la commission le lisent dans Trame. Aucun courriel ne part, prévenez-les."
        }
        "tenue" => "La séance est close. Son relevé d'avis est prêt.",
        "annulation" => {
            "La séance est annulée. Vous pouvez la rétablir tant que ses dossiers ne sont pas ailleurs."
        }
        "retablissement" => "La séance est rétablie.",
        "mis" if count == 0 => {
            "Aucun dossier n'a été ajouté : ils ne sont plus en attente, ou ont été déposés de nouveau."
        }
        "mis" => {
            return Some(format!(
                "À l'ordre du jour : {}.",
                app::text::count(count, "dossier ajouté", "dossiers ajoutés")
            ));
        }
        "retire" => "Le dossier est retiré : il attend de nouveau.",
        "presente" => "La présentation est enregistrée.",
        "reprise" => "Le dossier de séance montre le dernier dépôt.",
        _ => return None,
    };
    Some(says.to_owned())
}

/// What stands against what was sent to the page of a sitting.
#[derive(Default)]
struct Against {
    sentence: Option<String>,
    typed: Option<Typed>,
    unkept: Option<Unkept>,
    status: StatusCode,
}

impl Against {
    fn saying(sentence: &str) -> Self {
        Self {
            sentence: Some(sentence.to_owned()),
            status: StatusCode::UNPROCESSABLE_ENTITY,
            ..Self::default()
        }
    }
}

async fn sitting(
    State(web): State<Web>,
    Signed(actor): Signed,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    if !allows_commission(actor.role, CommissionRight::Keep)
        && allows_commission(actor.role, CommissionRight::ReadPacks)
    {
        return Ok(Redirect::to(&routes::pack(&id)).into_response());
    }
    shown(&web, actor, &id, done(&asked), Against::default()).await
}

async fn shown(
    web: &Web,
    actor: Actor,
    id: &str,
    done: Option<String>,
    against: Against,
) -> Result<Response, Refusal> {
    let services = &web.services;
    let (sitting, items) = commission::open(services, &actor, &id.into()).await?;
    let name = title(&sitting);
    let waiting = commission::waiting(services, &actor, Some(&sitting.department)).await?;
    let Against { sentence, typed, unkept, status } = against;
    let today = today(web)?;
    let desk = Desk { sitting, items, waiting, done, refused: sentence, typed, unkept, today };
    let html = dressed(web, Some(actor), &name, None, move || view! { <SittingPage desk /> });
    Ok((status, html).into_response())
}

const CHANGED: &str =
    "Une autre personne a changé cette séance entre-temps. Relisez, puis recommencez si besoin.";

async fn change(
    State(web): State<Web>,
    Signed(actor): Signed,
    Path(id): Path<String>,
    Form(posted): Form<Posted>,
) -> Result<Response, Refusal> {
    let typed = posted.typed();
    let seen = posted.vu.parse().map_err(|_| Refusal::BadRequest)?;
    let sitting = id.as_str().into();
    let against = match commission::change(&web.services, &actor, &sitting, (&typed, seen)).await {
        Ok(()) => return Ok(to(&id, "changee")),
        Err(PlanError::Appointment(why)) => {
            Against { typed: Some(typed), ..Against::saying(why.sentence()) }
        }
        Err(PlanError::Refused(why)) => Against::saying(why.sentence()),
        Err(PlanError::Changed) => {
            Against { typed: Some(typed), status: StatusCode::CONFLICT, ..Against::saying(CHANGED) }
        }
        Err(error) => return Err(refusal(error)),
    };
    shown(&web, actor, &id, None, against).await
}

#[derive(Deserialize)]
struct Step {
    etape: String,
}

async fn move_on(
    State(web): State<Web>,
    Signed(actor): Signed,
    Path(id): Path<String>,
    Form(step): Form<Step>,
) -> Result<Response, Refusal> {
    let deed = Deed::from_code(&step.etape).ok_or(Refusal::BadRequest)?;
    let against = match commission::do_deed(&web.services, &actor, &id.as_str().into(), deed).await
    {
        Ok(()) => return Ok(to(&id, deed.code())),
        Err(PlanError::Refused(why)) => Against::saying(why.sentence()),
        Err(PlanError::Changed) => {
            Against { status: StatusCode::CONFLICT, ..Against::saying(CHANGED) }
        }
        Err(error) => return Err(refusal(error)),
    };
    shown(&web, actor, &id, None, against).await
}
