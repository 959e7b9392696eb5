//! A convention once it is signed, over HTTP.

use app::{
    format,
    pages::convention::{ConventionPage, Shown, Typed},
    routes,
};
use axum::{
    Form,
    extract::{Path, Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use dossier::convention::{DeedKind, LONGEST, Motive, Refused, SHORTEST, Said};
use form::{Cents, Date, number};
use leptos::prelude::*;
use serde::Deserialize;
use service::{
    Actor,
    conventions::{self, DeedError},
};

use super::{
    Web,
    access::Signed,
    answer::{Refusal, page as dressed},
};

/// What the address asks.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// What was just done.
    fait: String,
}

/// The page.
pub async fn page(
    State(web): State<Web>,
    Signed(actor): Signed,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    show(&web, actor, &id, (DeedKind::from_code(&asked.fait), None, StatusCode::OK)).await
}

async fn show(
    web: &Web,
    actor: Actor,
    id: &str,
    (done, typed, status): (Option<DeedKind>, Option<Typed>, StatusCode),
) -> Result<Response, Refusal> {
    let page = conventions::read(&web.services, &actor, &id.into()).await?;
    let today = web.services.clock.today().ok_or(Refusal::Unavailable)?;
    // Only what is the last thing that was done is said to be done.
    let done = done.filter(|kind| page.deeds.last().is_some_and(|deed| deed.kind == *kind));
    let prepared = page.life.prepared.as_ref();
    let is_own = prepared.is_some_and(|one| one.by == actor.account_id);
    let is_siae = actor.role.is_siae();
    let title = format!("Convention {}", page.convention.number);
    let shown = Shown { page, typed, done, is_siae, is_own, today };
    let html = dressed(web, Some(actor), &title, None, move || view! { <ConventionPage shown /> });
    Ok((status, html).into_response())
}

/// A deed, as it is posted.
#[derive(Deserialize)]
pub struct Posted {
    acte: String,
    #[serde(default)]
    vu: u32,
    #[serde(default)]
    jour: String,
    #[serde(default)]
    fin: String,
    #[serde(default)]
    motif: String,
    #[serde(default)]
    montant: String,
    #[serde(default)]
    texte: String,
}

/// Does something with the convention. What stands against it is said on the page, with what was typed.
pub async fn act(
    State(web): State<Web>,
    Signed(actor): Signed,
    Path(id): Path<String>,
    Form(posted): Form<Posted>,
) -> Result<Response, Refusal> {
    let kind = DeedKind::from_code(&posted.acte).ok_or(Refusal::BadRequest)?;
    let done = match said(&posted) {
        Ok(said) => {
            let what = (kind, said);
            conventions::act(&web.services, &actor, &id.as_str().into(), what, posted.vu).await
        }
        Err(refused) => Err(DeedError::Refused(refused)),
    };
    let (why, status) = match done {
        Ok(()) => {
            let there = format!("{}?fait={}", routes::convention(&id), kind.code());
            return Ok(Redirect::to(&there).into_response());
        }
        Err(DeedError::NotFound | DeedError::NotForRole) => return Err(Refusal::NotFound),
        Err(DeedError::Store(error)) => return Err(error.into()),
        Err(DeedError::NotSigned) => (
            "Aucune annexe de cette convention n'est signée.".to_owned(),
            StatusCode::UNPROCESSABLE_ENTITY,
        ),
        Err(DeedError::Changed) => (
            "Une autre personne a agi sur cette convention entre-temps : la page dit où elle en est. Rien de votre geste n'est fait ; relisez, puis recommencez si c'est encore utile.".to_owned(),
            StatusCode::CONFLICT,
        ),
        Err(DeedError::Refused(refused)) => {
            (sentence(kind, refused), StatusCode::UNPROCESSABLE_ENTITY)
        }
    };
    let typed = Typed {
        kind,
        day: posted.jour,
        until: posted.fin,
        motive: posted.motif,
        owed: posted.montant,
        words: posted.texte,
        why,
    };
    show(&web, actor, &id, (None, Some(typed), status)).await
}

/// What is said with it: a day or an amount that is not one is refused, never left out.
fn said(posted: &Posted) -> Result<Said, Refused> {
    let read = |text: &str, refused| match text.trim() {
        "" => Ok(None),
        text => Date::parse_iso(text).map(Some).ok_or(refused),
    };
    let owed = match posted.montant.trim() {
        "" => None,
        text => {
            let cents = number::parse_scaled(text, 2).map_err(|_| Refused::BadAmount)?;
            Some(Cents(cents))
        }
    };
    Ok(Said {
        day: read(&posted.jour, Refused::BadDay)?,
        until: read(&posted.fin, Refused::BadUntil)?,
        motive: Motive::from_code(&posted.motif),
        owed,
        words: posted.texte.clone(),
    })
}

/// What stands against a deed, and what to do.
fn sentence(kind: DeedKind, refused: Refused) -> String {
    match refused {
        Refused::NotNow => match kind {
            DeedKind::Answer => "La décision est prise entre-temps : cette réponse n'est plus attendue ici. Votre texte est ci-dessous ; copiez-le et envoyez-le à votre DDETS.".to_owned(),
            _ => "Cela ne se fait pas à cette étape : la page dit où en est la convention.".to_owned(),
        },
        Refused::Waiting => "Quelque chose attend déjà une signature. Signez-le ou reprenez-le d'abord.".to_owned(),
        Refused::SamePerson => "Vous avez préparé cet acte : une autre personne, qui a délégation de signature, le signe.".to_owned(),
        Refused::NoWords if kind == DeedKind::Answer => "Écrivez votre réponse avant de l'envoyer.".to_owned(),
        Refused::NoWords if kind.signed_as().is_some() => format!(
            "Le motif est un peu court : {SHORTEST} caractères au moins, que la structure lira."
        ),
        Refused::NoWords => "Dites pourquoi, en quelques mots.".to_owned(),
        Refused::TooLong => format!(
            "Ce texte est trop long : {} caractères au plus. Raccourcissez-le.",
            number::display_scaled(i64::try_from(LONGEST).unwrap_or(i64::MAX), 0)
        ),
        Refused::BadDay => match kind {
            DeedKind::Receive => "Choisissez le jour de l'accusé de réception : aujourd'hui, ou un jour de l'année passée.".to_owned(),
            _ => "Choisissez un jour à partir d'aujourd'hui.".to_owned(),
        },
        Refused::BadUntil => "Le dernier jour est avant le premier, ou déjà passé.".to_owned(),
        Refused::NoMotive => "Choisissez un motif.".to_owned(),
        Refused::BadAmount => "Écrivez un montant en euros, par exemple 12 450,00.".to_owned(),
        Refused::NotReceived => "Notez d'abord le jour où la structure a reçu la lettre.".to_owned(),
        Refused::MonthRuns(until) => format!(
            "La structure a jusqu'au {} inclus pour répondre, même si elle l'a déjà fait : rien ne se décide avant.",
            format::date(until)
        ),
    }
}
