//! What other systems say beside the answers, and what a person makes of it.

use app::{
    pages::sources::{Sources, SourcesPage, StepSources, Stepping},
    routes,
    shell::render,
};
use axum::{
    extract::{Path, Query, RawForm, State},
    response::{Html, IntoResponse, Redirect, Response},
};
use dossier::share::Part;
use form::{Answers, Section};
use leptos::prelude::*;
use serde::Deserialize;
use service::{
    Actor, DossierHead, drafts,
    findings::{self, ChooseError, Patience},
    forms,
};

use super::{
    Web,
    access::Signed,
    answer::{Refusal, page as dressed},
    steps::posted::{OfSource, Posted},
};

impl Refusal {
    /// The refusal of a choice on this dossier.
    fn of_choice(error: ChooseError, id: &str) -> Self {
        match error {
            ChooseError::NotFound => Self::NotFound,
            ChooseError::Gone => Self::BadRequest,
            ChooseError::NotEditable => Self::Closed { id: id.to_owned() },
            ChooseError::Store(error) => error.into(),
        }
    }
}

/// What stands beside a step; nothing when no other system is asked.
pub(super) async fn stepping(
    web: &Web,
    (head, part): (&DossierHead, &Part),
    step: &Section,
    answers: &Answers,
    gone: bool,
) -> Result<Option<Stepping>, Refusal> {
    let here = (head, part);
    let beside = findings::beside(&web.services, here, answers, Patience::None).await?;
    if beside.sources.is_empty() {
        return Ok(None);
    }
    let form = forms::of(&web.services, &head.form_key()).await?.revision;
    let id = head.id.to_string();
    let step = form.section(&step.id);
    let answers = answers.clone();
    Ok(step.map(|step| Stepping { id, form, step, answers, beside, gone }))
}

/// Which step.
#[derive(Deserialize)]
pub struct Asked {
    etape: String,
}

/// What stands beside a step, alone: for a page that waits for a source.
pub async fn beside(
    State(web): State<Web>,
    Signed(actor): Signed,
    Path(id): Path<String>,
    Query(Asked { etape }): Query<Asked>,
) -> Result<Response, Refusal> {
    let (draft, part) = drafts::read_part(&web.services, &actor, &id.as_str().into()).await?;
    if !part.holds(&etape) || !draft.head.state.is_editable() {
        return Err(Refusal::NotFound);
    }
    let form = forms::of(&web.services, &draft.head.form_key()).await?.revision;
    let step = form.section(&etape).ok_or(Refusal::NotFound)?;
    let here = (&draft.head, &part);
    let stepping = stepping(&web, here, step, &draft.answers, false).await?;
    let html = render(|| stepping.map(|stepping| view! { <StepSources stepping /> }));
    Ok(Html(html).into_response())
}

/// What every source says, and of what day.
pub async fn page(
    State(web): State<Web>,
    Signed(actor): Signed,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    let (draft, part) = drafts::read_part(&web.services, &actor, &id.as_str().into()).await?;
    if !draft.head.state.is_editable() {
        return Ok(Redirect::to(&routes::dossier(&id)).into_response());
    }
    let here = (&draft.head, &part);
    let beside = findings::beside(&web.services, here, &draft.answers, Patience::None).await?;
    let form = forms::of(&web.services, &draft.head.form_key()).await?.revision;
    let now = web.services.now();
    let drafts::Draft { head, answers } = draft;
    let sources = Sources { head, form, answers, beside, now };
    let body = move || view! { <SourcesPage sources /> };
    Ok(dressed(&web, Some(actor), "Ce que l'État sait déjà", None, body).into_response())
}

/// A choice by itself: from the page of the sources, or from a step that lives in the browser, whose
/// answers are saved by themselves.
pub async fn post(
    State(web): State<Web>,
    Signed(actor): Signed,
    Path(id): Path<String>,
    RawForm(body): RawForm,
) -> Result<Redirect, Refusal> {
    let posted = Posted::read(&body);
    let gesture = posted.of_source().ok_or(Refusal::BadRequest)?;
    let to = decide(&web, &actor, &id, posted.step(), gesture).await?;
    Ok(Redirect::to(&to))
}

/// Does it, and says where to go on: at the question, at this step, or on the page of the sources.
pub(super) async fn decide(
    web: &Web,
    actor: &Actor,
    id: &str,
    step: &str,
    gesture: OfSource,
) -> Result<String, Refusal> {
    let (services, dossier) = (&web.services, id.into());
    let here = if step.is_empty() { routes::sources(id) } else { routes::step(id, step) };
    let (done, to) = match gesture {
        OfSource::Refresh => {
            let filled = findings::fill(services, actor, &dossier, Patience::Asked).await;
            (filled.map(drop), here.clone())
        }
        OfSource::Fill => {
            let filled = findings::fill(services, actor, &dossier, Patience::None).await;
            (filled.map(drop), here.clone())
        }
        OfSource::Decide(at, read, choice) => {
            let key = (&at, read.as_str());
            let done = findings::choose(services, actor, &dossier, key, &choice).await;
            (done, format!("{here}#champ-{at}"))
        }
    };
    match done {
        Ok(()) => Ok(to),
        Err(ChooseError::Gone) if !step.is_empty() => Ok(format!("{here}?choix=perime#sources")),
        Err(error) => Err(Refusal::of_choice(error, id)),
    }
}
