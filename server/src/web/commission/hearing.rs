//! Noting what the commission says.

use app::{
    pages::commission::hearing::{HearingPage, Hearings, POSTPONE, Typed},
    routes,
    text::count,
};
use axum::{
    Form,
    extract::{Path, Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use dossier::{act::Sense, id::SittingId};
use leptos::prelude::*;
use serde::Deserialize;
use service::{
    Actor,
    commission::{self, Heard, Hearing, PlanError, Verdict},
};

use super::{super::access::Signed, Against, Refusal, Web, dressed, refusal, shown, today};

/// What was just done.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    notes: String,
    reportes: String,
}

/// The page.
pub async fn page(
    State(web): State<Web>,
    Signed(actor): Signed,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    render(&web, actor, &id, &asked, Vec::new()).await
}

async fn render(
    web: &Web,
    actor: Actor,
    id: &str,
    asked: &Asked,
    typed: Vec<Typed>,
) -> Result<Response, Refusal> {
    let services = &web.services;
    let (sitting, items) = commission::open(services, &actor, &id.into()).await?;
    if !sitting.stage().is_open() {
        return Ok(Redirect::to(&routes::minutes(id)).into_response());
    }
    let mut others = commission::list(services, &actor).await?;
    others.reverse();
    others.retain(|one| {
        one.id != sitting.id && one.department == sitting.department && one.stage().is_open()
    });
    let number = |text: &str| text.parse::<u32>().ok().filter(|number| *number > 0);
    let noted = number(&asked.notes).map(|n| count(n, "avis noté", "avis notés"));
    let later = number(&asked.reportes).map(|n| count(n, "dossier reporté", "dossiers reportés"));
    let done: Vec<String> = [noted, later].into_iter().flatten().collect();
    let done = (!done.is_empty()).then(|| format!("Enregistré : {}.", done.join(", ")));
    let wrong = typed.iter().any(|one| one.why.is_some());
    let status = if wrong { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let hearings = Hearings { sitting, items, others, typed, done, today: today(web)? };
    let title = "Avis de la commission";
    let html = dressed(web, Some(actor), title, None, move || view! { <HearingPage hearings /> });
    Ok((status, html).into_response())
}

/// Notes what is posted, dossier by dossier.
pub async fn note(
    State(web): State<Web>,
    Signed(actor): Signed,
    Path(id): Path<String>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, Refusal> {
    let value = |name: &str| {
        pairs.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.as_str())
    };
    let dossiers = pairs.iter().filter(|(key, _)| key == "dossier").map(|(_, id)| id.clone());
    let typed = dossiers.map(|dossier| Typed {
        verdict: value(&format!("avis-{dossier}")).to_owned(),
        words: value(&format!("motif-{dossier}")).to_owned(),
        dossier,
        why: None,
    });
    let mut typed: Vec<Typed> = typed.collect();
    let hearings: Vec<Hearing> = typed.iter().map(hearing).collect();
    let to = Some(value("vers")).filter(|to| !to.is_empty()).map(SittingId::from);
    let sitting = id.as_str().into();
    let heard =
        match commission::hear(&web.services, &actor, &sitting, &hearings, to.as_ref()).await {
            Ok(heard) => heard,
            Err(PlanError::Refused(why)) => {
                return shown(&web, actor, &id, None, Against::saying(why.sentence())).await;
            }
            Err(error) => return Err(refusal(error)),
        };
    let many = |kind| heard.iter().filter(|(_, heard)| *heard == kind).count().to_string();
    let asked = Asked { notes: many(Heard::Noted), reportes: many(Heard::Postponed) };
    for (one, (_, heard)) in typed.iter_mut().zip(&heard) {
        one.why = match heard {
            Heard::Incomplete(why) => Some(why.sentence()),
            Heard::Gone => Some(
                "Ce dossier n'attend plus d'avis à cette séance : il a changé d'état entre-temps, ou est à l'ordre du jour d'une autre.",
            ),
            Heard::Noted | Heard::Postponed | Heard::Same => None,
        };
    }
    if typed.iter().any(|one| one.why.is_some()) {
        // What is kept shows as it is kept.
        typed.retain(|one| one.why.is_some());
        return render(&web, actor, &id, &asked, typed).await;
    }
    let there =
        format!("{}?notes={}&reportes={}", routes::opinions(&id), asked.notes, asked.reportes);
    Ok(Redirect::to(&there).into_response())
}

fn hearing(typed: &Typed) -> Hearing {
    let verdict = match typed.verdict.as_str() {
        POSTPONE => Some(Verdict::Postponed),
        code => Sense::from_code(code).map(Verdict::Says),
    };
    Hearing { dossier: typed.dossier.as_str().into(), verdict, words: typed.words.clone() }
}
