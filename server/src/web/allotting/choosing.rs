//! Provisional choices: posted by a button, or as one goes on.

use app::{
    pages::allotting::{Changed, Unkept, address::Sifting},
    routes,
    shell::render,
};
use axum::{
    Form,
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
    response::{Html, IntoResponse, Redirect, Response},
};
use dossier::{
    act::Sense,
    allotting::{Choice, Verdict},
    annex::Grant,
    id::{AllotmentId, is_ulid},
};
use leptos::prelude::*;
use serde::Deserialize;
use service::allotting::{self, ChooseError, Wanted};

use super::shown;
use crate::web::{Web, access::Signed, answer::Refusal};

impl From<ChooseError> for Refusal {
    fn from(error: ChooseError) -> Self {
        match error {
            ChooseError::NotFound => Self::NotFound,
            ChooseError::Store(error) => error.into(),
            _ => Self::BadRequest,
        }
    }
}

/// What is posted of a line. What is not posted stays as it was.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Posted {
    dossier: String,
    vu: String,
    choix: String,
    etp: String,
    modulee: String,
    avis: Option<String>,
    motif: Option<String>,
    retour: String,
}

/// The header by which the small script asks for what changes only.
const PART: &str = "x-fragment";

const BAD_FIGURE: &str =
    "Écrivez des ETP au-dessus de zéro, par exemple 12,40, et une part modulée de 0 à 10 %.";

fn sentence(error: ChooseError) -> &'static str {
    match error {
        ChooseError::Changed => {
            "Un collègue a choisi autre chose entre-temps : rechargez la page pour le voir, puis choisissez."
        }
        ChooseError::Proposed => {
            "Une décision est déjà proposée pour ce dossier : reprenez-la d'abord."
        }
        ChooseError::Nothing => "Rien n'est à annuler.",
        _ => BAD_FIGURE,
    }
}

/// Makes a choice on one request.
pub async fn choose(
    State(web): State<Web>,
    Signed(actor): Signed,
    Path(id): Path<String>,
    headers: HeaderMap,
    Form(posted): Form<Posted>,
) -> Result<Response, Refusal> {
    let (services, id) = (&web.services, AllotmentId::from(id));
    let opened = allotting::open(services, &actor, &id).await?;
    let verdict = Verdict::from_code(&posted.choix).ok_or(Refusal::BadRequest)?;
    let seen = posted.vu.parse().map_err(|_| Refusal::BadRequest)?;
    if !is_ulid(&posted.dossier) {
        return Err(Refusal::BadRequest);
    }
    let dossier = posted.dossier.as_str().into();
    let line = opened.lines.iter().find(|line| line.request.dossier == dossier);
    let before = line.ok_or(Refusal::NotFound)?.choice.clone();
    // An empty figure is what is asked for.
    let empty = posted.etp.trim().is_empty() && posted.modulee.trim().is_empty();
    let grant = Grant::read(&posted.etp, &posted.modulee);
    let done = if grant.is_none() && !empty {
        Err(ChooseError::BadChoice)
    } else {
        let choice = Choice {
            verdict,
            grant,
            opinion: posted.avis.as_deref().map_or(before.opinion, Sense::from_code),
            reason: posted.motif.clone().unwrap_or(before.reason),
            deposit: 0,
        };
        let wanted = Wanted { dossier, seen, choice };
        allotting::choose(services, &actor, &id, &wanted).await
    };
    let problem = match done {
        Ok(()) => None,
        Err(error @ (ChooseError::NotFound | ChooseError::Store(_))) => return Err(error.into()),
        Err(error) => Some(error),
    };
    let status = match problem {
        None => StatusCode::OK,
        Some(ChooseError::Changed | ChooseError::Proposed) => StatusCode::CONFLICT,
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let mut sifting = Sifting::from_query(&posted.retour);
    let why = problem.map(sentence);
    if headers.contains_key(PART) {
        let opened = allotting::open(services, &actor, &id).await?;
        let (dossier, back) = (posted.dossier.as_str().into(), sifting.query());
        let html = render(move || view! { <Changed actor opened dossier problem=why back /> });
        return Ok((status, Html(html)).into_response());
    }
    let Some(why) = why else {
        let there = back(&id, &sifting, "choisi");
        return Ok(Redirect::to(&format!("{there}#l-{}", posted.dossier)).into_response());
    };
    sifting.ligne.clone_from(&posted.dossier);
    let unkept = Unkept {
        dossier: posted.dossier.as_str().into(),
        why,
        etp: posted.etp,
        modulated: posted.modulee,
        verdict: posted.choix,
        reason: posted.motif,
    };
    let html = shown(&web, actor, opened, sifting, Some(unkept), None).await?;
    Ok((status, html).into_response())
}

/// Where one comes back to.
fn back(id: &AllotmentId, sifting: &Sifting, fait: &str) -> String {
    let query = sifting.query();
    let and = if query.is_empty() { "" } else { "&" };
    format!("{}?{query}{and}fait={fait}", routes::simulation(id.as_str()))
}

/// Where one comes from.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Origin {
    retour: String,
}

/// Grants what they ask for to all that is still to be looked at.
pub async fn grant_the_rest(
    State(web): State<Web>,
    Signed(actor): Signed,
    Path(id): Path<String>,
    Form(from): Form<Origin>,
) -> Result<Redirect, Refusal> {
    let id = AllotmentId::from(id);
    let count = allotting::grant_the_rest(&web.services, &actor, &id).await?;
    let sifting = Sifting::from_query(&from.retour);
    Ok(Redirect::to(&back(&id, &sifting, if count == 0 { "rien" } else { "choisi" })))
}

/// Undoes this person's last gesture.
pub async fn undo(
    State(web): State<Web>,
    Signed(actor): Signed,
    Path(id): Path<String>,
    Form(from): Form<Origin>,
) -> Result<Redirect, Refusal> {
    let id = AllotmentId::from(id);
    let sifting = Sifting::from_query(&from.retour);
    let fait = match allotting::undo(&web.services, &actor, &id).await {
        Ok(0) | Err(ChooseError::Nothing) => "rien",
        Ok(_) => "annule",
        Err(error) => return Err(error.into()),
    };
    Ok(Redirect::to(&back(&id, &sifting, fait)))
}
