//! A step as people will see it, in a frame: rendered by what renders the real step, over answers that
//! nobody keeps.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use app::{
    draft::{Opening, checked},
    pages::{
        message::{Message, MessagePage},
        snapshot::SnapshotView,
        step as wizard,
        studio::preview::{Mode, PreviewPage},
    },
    routes,
    shell::{document, render},
};
use axum::{
    extract::{Path, Query, RawForm, State},
    http::{HeaderValue, StatusCode, header},
    response::{Html, IntoResponse, Redirect, Response},
};
use demo::Request;
use dossier::{form::Form, operation::Gesture, share::Part};
use form::Answers;
use leptos::prelude::*;
use serde::Deserialize;
use service::{
    Actor,
    studio::{self, StudioError, laid},
};

use super::opened;
use crate::web::{
    Web,
    access::Signed,
    answer::{Refusal, page as dressed},
    guard,
    steps::posted::Posted,
};

/// How one wants to see it.
#[derive(Deserialize)]
#[serde(default)]
pub struct Wanted {
    etape: String,
    mode: String,
    cote: String,
    remplie: String,
    demande: String,
    sur: String,
}

impl Default for Wanted {
    fn default() -> Self {
        let none = String::new;
        Self {
            etape: none(),
            mode: none(),
            cote: none(),
            remplie: none(),
            demande: none(),
            sur: none(),
        }
    }
}

/// The page around the frame.
pub async fn page(
    State(web): State<Web>,
    Signed(actor): Signed,
    Path(id): Path<String>,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Refusal> {
    let opened = opened(&web, &actor, &id).await?;
    let mode = if wanted.mode.is_empty() {
        let sur = if wanted.sur.is_empty() { "telephone" } else { &wanted.sur };
        format!("{}-{}-{sur}", wanted.remplie, wanted.demande)
    } else {
        wanted.mode
    };
    let mode = Mode::parse(&mode);
    let first = || opened.laid.sections.first().map(|section| section.id.to_string());
    let section = opened.laid.section(&wanted.etape).map(|section| section.id.to_string());
    let section = section.or_else(first).ok_or(Refusal::NotFound)?;
    let agent = wanted.cote == "agent";
    let html = dressed(&web, Some(actor), "Aperçu", None, move || {
        view! { <PreviewPage opened section mode agent /> }
    });
    let mut response = html.into_response();
    // This page alone frames another, which is ours.
    let policy = HeaderValue::from_str(&format!("{}; frame-src 'self'", guard::POLICY));
    response
        .headers_mut()
        .insert(header::CONTENT_SECURITY_POLICY, policy.map_err(|_| Refusal::Unavailable)?);
    Ok(response)
}

/// The form and what a structure nobody knows answers to it.
async fn tried(web: &Web, actor: &Actor, id: &str, mode: Mode) -> Result<(Form, Answers), Refusal> {
    let sketch = studio::one(&web.services, actor, &id.into()).await?;
    let form = laid::form(&sketch.last.overlay).map_err(|error| match error {
        StudioError::Faults(_) => Refusal::NotFound,
        other => other.into(),
    })?;
    let profile = demo::structures::valbrune();
    let year = web.services.clock.today().map_or(2027, |day| day.year() + 1);
    let request = Request { kind: "ACI", nature: mode.request, year, perimeter: "DC" };
    let answers = demo::filled(form.revision, &profile, &request);
    if mode.filled {
        return Ok((form, answers));
    }
    // Empty but for what opening a dossier says by itself.
    let mut empty = Answers::default();
    for place in
        form.revision.places().filter(|place| place.field.fixed || place.section.id == "demande")
    {
        let at = form::At::once(&place.field.id);
        if place.table.is_none() && (place.field.fixed || place.field.id.starts_with("demande.")) {
            empty.set(at.clone(), answers.raw(&at.field, "").to_owned());
        }
    }
    Ok((form, empty))
}

/// A page that may stand in a frame of ours.
fn framed(web: &Web, title: &str, body: &str) -> Response {
    let mut response = Html(document(&web.assets, title, body, None)).into_response();
    let policy = guard::POLICY.replace("frame-ancestors 'none'", "frame-ancestors 'self'");
    let headers = response.headers_mut();
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
        headers.insert(header::X_FRAME_OPTIONS, HeaderValue::from_static("SAMEORIGIN"));
    }
    response
}

fn shown(
    web: &Web,
    (id, section, mode): (&str, &str, Mode),
    form: Form,
    answers: Answers,
    show_problems: bool,
) -> Result<Response, Refusal> {
    let step = form.revision.section(section).ok_or(Refusal::NotFound)?;
    if !step.visible.holds(&answers, "") {
        let says = "Cette étape n'est pas présente dans cette demande. Choisissez une autre demande au-dessus de l'aperçu.";
        let here = form.revision.sections.iter().find(|one| one.visible.holds(&answers, ""));
        let here = here.ok_or(Refusal::NotFound)?;
        let back = routes::preview_frame(id, &here.id, &mode.to_string());
        return Ok(told(web, "Cette étape n'est pas là", says, &back));
    }
    let known = checked(&form, &answers);
    let opening = Opening {
        title: "Aperçu".to_owned(),
        dossier: routes::previewed(id, &mode.to_string()),
        form: form.revision.form.to_string(),
        revision: form.revision.number,
        section: section.to_owned(),
        part: Part::Whole,
        account: String::new(),
        provenances: BTreeMap::new(),
        last_year: BTreeMap::new(),
        asked: Vec::new(),
        closed: BTreeSet::new(),
        conflicts: BTreeMap::new(),
        show_problems,
        saved_at: "l'aperçu, rien n'est gardé".to_owned(),
        seq: 0,
        since: 0,
    };
    let html = render(|| {
        let body = wizard::step(form, opening, Arc::new(answers), known, None);
        view! { <main id="contenu" class="studio-preview" tabindex="-1" aria-label="Aperçu">{body}</main> }
    });
    Ok(framed(web, &step.title, &html))
}

type Place = Path<(String, String, String)>;

/// A step.
pub async fn frame(
    State(web): State<Web>,
    Signed(actor): Signed,
    Path((id, mode, section)): Place,
) -> Result<Response, Refusal> {
    let mode = Mode::parse(&mode);
    let (form, answers) = tried(&web, &actor, &id, mode).await?;
    shown(&web, (&id, &section, mode), form, answers, false)
}

/// What was typed in it, shown again with what it makes appear. It goes no further than this answer.
pub async fn typed(
    State(web): State<Web>,
    Signed(actor): Signed,
    Path((id, mode, section)): Place,
    RawForm(body): RawForm,
) -> Result<Response, Refusal> {
    let mode = Mode::parse(&mode);
    let (form, mut answers) = tried(&web, &actor, &id, mode).await?;
    let step = form.revision.section(&section).ok_or(Refusal::NotFound)?;
    let posted = Posted::read(&body);
    for operation in posted.operations(&web, &form, step, &answers.clone()) {
        if let Gesture::Write(raw) = operation.gesture {
            answers.set(operation.at, raw);
        }
    }
    shown(&web, (&id, &section, mode), form, answers, true)
}

/// What the agent reads.
pub async fn agent(
    State(web): State<Web>,
    Signed(actor): Signed,
    Path((id, mode)): Path<(String, String)>,
) -> Result<Response, Refusal> {
    let mode = Mode { filled: true, ..Mode::parse(&mode) };
    let (form, answers) = tried(&web, &actor, &id, mode).await?;
    let html = render(|| {
        view! {
            <main id="contenu" class="studio-preview" tabindex="-1" aria-label="Aperçu">
                <div class="wrap page reading stack">
                    <h1>"Dossier d'une structure inventée"</h1>
                    <SnapshotView form=form.revision answers masked=true files=BTreeMap::new() />
                </div>
            </main>
        }
    });
    Ok(framed(&web, "Ce que lit l'agent", &html))
}

fn told(web: &Web, title: &'static str, says: &'static str, back: &str) -> Response {
    let (href, link) = (back.to_owned(), "Revenir à l'aperçu");
    let message = Message { title, text: says.into(), href, link };
    let html = render(|| {
        view! { <main id="contenu" class="studio-preview" tabindex="-1" aria-label="Aperçu"><MessagePage message again=None /></main> }
    });
    framed(web, title, &html)
}

/// The dossier itself: its first step.
pub async fn elsewhere(
    State(web): State<Web>,
    Signed(actor): Signed,
    Path((id, mode)): Path<(String, String)>,
) -> Result<Response, Refusal> {
    let opened = opened(&web, &actor, &id).await?;
    let first = opened.laid.sections.first().ok_or(Refusal::NotFound)?;
    let mode = Mode::parse(&mode).to_string();
    Ok(Redirect::to(&routes::preview_frame(&id, &first.id, &mode)).into_response())
}

/// Pages of a dossier that a preview has not.
pub async fn beyond(
    State(web): State<Web>,
    Signed(actor): Signed,
    Path((id, mode, _)): Place,
) -> Result<Response, Refusal> {
    let opened = opened(&web, &actor, &id).await?;
    let first = opened.laid.sections.first().ok_or(Refusal::NotFound)?;
    let mode = Mode::parse(&mode).to_string();
    let back = routes::preview_frame(&id, &first.id, &mode);
    let says = "L'aperçu montre les étapes du formulaire. Le récapitulatif, l'historique et le partage sont ceux d'un vrai dossier.";
    let response = told(&web, "Pas dans l'aperçu", says, &back);
    Ok((StatusCode::OK, response).into_response())
}
