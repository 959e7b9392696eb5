//! The register of annexes financières over HTTP.

use app::{
    pages::annexes::{Register, RegisterPage, Said, file},
    routes, text,
};
use axum::{
    Router,
    extract::{Query, RawForm, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};
use dossier::id::DossierId;
use form::Date;
use leptos::prelude::*;
use serde::Deserialize;
use service::{
    Actor,
    annexes::{self, Outcome, PAGE, Pile},
    instruction::SignError,
};

use super::{
    Web,
    access::Signed,
    answer::{CSV, Refusal, download, page as dressed},
    envelopes::asked_year,
};

/// Its pages: those of the main site, never of a space.
pub fn routes() -> Router<Web> {
    Router::new()
        .route(routes::ANNEXES, get(page))
        .route(routes::SIGN_ANNEXES, post(sign))
        .route(routes::ANNEXES_CSV, get(csv))
}

/// What the address asks.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    annee: String,
    etat: String,
    departement: String,
    page: String,
    cocher: String,
    signees: String,
}

impl Asked {
    fn pile(&self) -> Pile {
        Pile::from_code(&self.etat).unwrap_or_default()
    }

    /// The year that is asked, or this one.
    fn year(&self, today: Date) -> i32 {
        asked_year(&self.annee).unwrap_or(today.year())
    }

    fn department(&self) -> Option<&str> {
        Some(self.departement.trim()).filter(|code| !code.is_empty())
    }
}

async fn page(
    State(web): State<Web>,
    Signed(actor): Signed,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    let said = asked.signees.parse().ok().filter(|count| *count > 0).map(|count: u32| Said {
        is_refusal: false,
        text: format!("La signature de {} est notée.", text::count(count, "annexe", "annexes")),
    });
    Ok(shown(&web, actor, &asked, (Vec::new(), None), said).await?.into_response())
}

async fn shown(
    web: &Web,
    actor: Actor,
    asked: &Asked,
    (mut ticked, day): (Vec<String>, Option<String>),
    said: Option<Said>,
) -> Result<impl IntoResponse + use<>, Refusal> {
    if !annexes::may_read(&actor) {
        return Err(Refusal::NotFound);
    }
    let services = &web.services;
    let today = services.clock.today().ok_or(Refusal::Unavailable)?;
    let year = asked.year(today);
    let number = asked.page.parse().unwrap_or(1).clamp(1, 10_000_u32);
    let what = (year, asked.pile(), asked.department());
    let page = annexes::register(services, &actor, what, ((number - 1) * PAGE, PAGE)).await?;
    if asked.cocher == "oui" {
        ticked.extend(page.lines.iter().map(|line| line.dossier.to_string()));
    }
    let this = today.year();
    let mut years = vec![this - 2, this - 1, this, this + 1];
    if !years.contains(&year) {
        years.push(year);
    }
    let register = Register {
        may_sign: actor.role.instructs(),
        actor: actor.clone(),
        page,
        number,
        year,
        years,
        pile: asked.pile(),
        department: asked.department().unwrap_or_default().to_owned(),
        said,
        ticked,
        day: day.unwrap_or_else(|| today.to_string()),
        today,
    };
    let title = "Annexes financières";
    Ok(dressed(web, Some(actor), title, None, move || view! { <RegisterPage register /> }))
}

/// Why an annexe was not signed with the others.
fn reason(refused: SignError) -> &'static str {
    match refused {
        SignError::BadDay => "le jour est avant la décision, ou à venir",
        SignError::Changed => "quelqu'un y travaille en ce moment",
        SignError::NotFound | SignError::NotForRole | SignError::Signed | SignError::Store(_) => {
            "elle n'est pas à signer ici"
        }
    }
}

async fn sign(
    State(web): State<Web>,
    Signed(actor): Signed,
    RawForm(body): RawForm,
) -> Result<Response, Refusal> {
    if !actor.role.instructs() {
        return Err(Refusal::NotFound);
    }
    let (mut asked, mut ids, mut day) = (Asked::default(), Vec::new(), String::new());
    for (name, value) in form_urlencoded::parse(&body) {
        let value = value.into_owned();
        match &*name {
            "annee" => asked.annee = value,
            "etat" => asked.etat = value,
            "departement" => asked.departement = value,
            "jour" => day = value,
            "dossier" => ids.push(value),
            _ => {}
        }
    }
    let refuse = |says: String| Some(Said { is_refusal: true, text: says });
    let Some(on) = Date::parse_iso(&day) else {
        let said = refuse("Choisissez le jour où les deux parties ont signé.".to_owned());
        let html = shown(&web, actor, &asked, (ids, Some(day)), said).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response());
    };
    if ids.is_empty() {
        let said = refuse("Cochez les annexes qui sont signées.".to_owned());
        let html = shown(&web, actor, &asked, (ids, Some(day)), said).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response());
    }
    let signed: Vec<DossierId> = ids.iter().map(|id| id.as_str().into()).collect();
    let outcomes = annexes::sign_all(&web.services, &actor, &signed, on).await?;
    let (done, not): (Vec<_>, Vec<_>) =
        outcomes.into_iter().partition(|one| matches!(one.refused, None | Some(SignError::Signed)));
    if not.is_empty() {
        let today = web.services.clock.today().ok_or(Refusal::Unavailable)?;
        let to = routes::annexes(asked.year(today), asked.pile().code(), &asked.departement, 1);
        return Ok(Redirect::to(&format!("{to}&signees={}", done.len())).into_response());
    }
    let left = not.iter().map(|one| one.dossier.to_string()).collect();
    let said = refuse(told(done.len(), &not));
    let html = shown(&web, actor, &asked, (left, Some(day)), said).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response())
}

/// How many were signed, and why the others were not, by reason.
fn told(done: usize, not: &[Outcome]) -> String {
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let mut reasons: Vec<(&str, usize)> = Vec::new();
    for why in not.iter().filter_map(|one| one.refused).map(reason) {
        match reasons.iter_mut().find(|(known, _)| *known == why) {
            Some((_, n)) => *n += 1,
            None => reasons.push((why, 1)),
        }
    }
    let reasons = reasons.into_iter().map(|(why, n)| format!("{n} : {why}"));
    let reasons: Vec<_> = reasons.collect();
    let done = match done {
        0 => String::new(),
        n => format!("La signature de {} est notée. ", text::count(count(n), "annexe", "annexes")),
    };
    let left = text::count(count(not.len()), "annexe reste", "annexes restent");
    format!("{done}{left} à signer ({}). Ce qui reste est encore coché.", reasons.join(" ; "))
}

async fn csv(
    State(web): State<Web>,
    Signed(actor): Signed,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    if !annexes::may_read(&actor) {
        return Err(Refusal::NotFound);
    }
    let today = web.services.clock.today().ok_or(Refusal::Unavailable)?;
    let year = asked.year(today);
    let what = (year, asked.pile(), asked.department());
    let page = annexes::register(&web.services, &actor, what, (0, annexes::WHOLE)).await?;
    Ok(download(CSV, &format!("annexes-{year}.csv"), file(&page.lines, today)))
}
