//! The list that agents work by, and who follows what.

use app::{
    pages::worklist::{
        Gesture, Outcome, PreviewPage, Previewed, WorkList, WorkListPage, address::Address,
    },
    routes,
};
use axum::{
    Form,
    extract::{Query, RawQuery, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use dossier::{
    id::{DossierId, is_ulid},
    role::Role,
};
use leptos::prelude::*;
use service::{
    AccountId, Actor, StoreError,
    worklist::{self, AssignError, Assigned, Wanted},
};

use super::{
    Web,
    access::Signed,
    answer::{Refusal, page as dressed},
    views,
};

impl From<AssignError> for Refusal {
    fn from(error: AssignError) -> Self {
        match error {
            AssignError::NotFound => Self::NotFound,
            AssignError::BadChoice | AssignError::TooLate => Self::BadRequest,
            AssignError::Store(error) => error.into(),
        }
    }
}

/// The list; when nothing is asked of it, the view that opens first.
pub async fn page(
    State(web): State<Web>,
    Signed(actor): Signed,
    RawQuery(query): RawQuery,
    Query(address): Query<Address>,
) -> Result<Response, Refusal> {
    if query.is_none_or(|query| query.is_empty())
        && let Some(first) = views::first(&web, &actor).await?
    {
        return Ok(Redirect::to(&first).into_response());
    }
    show(&web, actor, address, None).await
}

/// The list, with a name of a view that was refused, and why.
pub(super) async fn show(
    web: &Web,
    actor: Actor,
    address: Address,
    refused: Option<(String, &'static str)>,
) -> Result<Response, Refusal> {
    let status = if refused.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    if actor.role.is_siae() {
        return Ok(Redirect::to(routes::HOME).into_response());
    }
    if actor.role == Role::Guest || actor.role == Role::CommissionMember {
        return Err(Refusal::NotFound);
    }
    let services = &web.services;
    let (page, counts) = worklist::list(services, &actor, address.asked(&actor.account_id)).await?;
    let list = WorkList {
        actor: actor.clone(),
        page,
        counts,
        colleagues: worklist::colleagues(services, &actor).await?,
        outcome: outcome(web, &actor, &address).await?,
        views: views::named(web, &actor, &address, refused).await?,
        today: services.clock.today().ok_or(Refusal::Unavailable)?,
        version: web.assets.version.clone(),
        address,
    };
    let html = dressed(web, Some(actor), "Dossiers reçus", None, move || {
        view! { <WorkListPage list /> }
    });
    Ok((status, html).into_response())
}

/// What was just done, as the address tells.
pub async fn outcome(
    web: &Web,
    actor: &Actor,
    address: &Address,
) -> Result<Option<Outcome>, StoreError> {
    let refused = match address.annule.as_str() {
        "tard" => Some(
            "Le quart d'heure pour annuler est passé. Changez de nouveau qui suit ces dossiers, si besoin.",
        ),
        "rien" => Some("Cochez d'abord un ou plusieurs dossiers dans la liste."),
        _ => None,
    };
    if address.fait.is_empty() && address.restes.is_empty() && refused.is_none() {
        return Ok(None);
    }
    let services = &web.services;
    let handed = match worklist::batch(services, actor, &address.fait).await {
        Ok(handed) => Some((address.fait.clone(), handed)),
        Err(AssignError::Store(error)) => return Err(error),
        Err(_) => None,
    };
    let kept: Vec<DossierId> =
        address.restes.split(',').filter(|id| is_ulid(id)).map(Into::into).collect();
    let kept = match worklist::preview(services, actor, &kept).await {
        Ok(lines) => lines,
        Err(AssignError::Store(error)) => return Err(error),
        Err(_) => Vec::new(),
    };
    let said = handed.is_some() || !kept.is_empty() || refused.is_some();
    Ok(said.then_some(Outcome { handed, undid: address.annule == "oui", refused, kept }))
}

/// What is posted of who follows what: a dossier with who followed it, `01J…:01H…`, several times.
#[derive(Default)]
struct Posted {
    dossiers: Vec<Wanted>,
    gesture: Option<Gesture>,
    to: String,
    confirmed: bool,
    back: String,
}

impl Posted {
    fn read(pairs: Vec<(String, String)>) -> Result<Self, Refusal> {
        let mut posted = Self::default();
        let mut at_once = None;
        for (name, value) in pairs {
            match name.as_str() {
                "dossier" => posted.dossiers.push(wanted(&value)?),
                "prendre" => at_once = Some(wanted(&value)?),
                "geste" => posted.gesture = Gesture::from_code(&value),
                "a" => posted.to = value,
                "confirme" => posted.confirmed = value == "oui",
                "retour" => posted.back = value,
                _ => {}
            }
        }
        if let Some(one) = at_once {
            // The button of one line: whatever is ticked elsewhere stays as it is.
            (posted.dossiers, posted.gesture) = (vec![one], Some(Gesture::Take));
            posted.confirmed = true;
        }
        Ok(posted)
    }
}

fn wanted(text: &str) -> Result<Wanted, Refusal> {
    let (id, seen) = text.split_once(':').ok_or(Refusal::BadRequest)?;
    if !is_ulid(id) {
        return Err(Refusal::BadRequest);
    }
    let seen = Some(seen).filter(|seen| !seen.is_empty()).map(Into::into);
    Ok(Wanted { dossier: id.into(), seen })
}

/// Where one comes from: a dossier, or a list.
fn back_to(back: &str, done: &Assigned, annule: &str) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    let list = Address::from_query(back).query();
    let dossier = back.strip_prefix("dossier=").filter(|id| is_ulid(id));
    if let Some(batch) = &done.batch {
        query.append_pair("fait", batch);
    }
    if !annule.is_empty() {
        query.append_pair("annule", annule);
    }
    if !done.kept.is_empty() {
        let ids: Vec<_> = done.kept.iter().map(|(id, _)| id.as_str()).collect();
        query.append_pair("restes", &ids.join(","));
    }
    let said = query.finish();
    match dossier {
        Some(id) => format!("{}?{said}", routes::instruction(id)),
        None if list.is_empty() => format!("{}?{said}", routes::RECEIVED),
        None => format!("{}?{list}&{said}", routes::RECEIVED),
    }
}

/// Gives dossiers to somebody, or to nobody; several are shown first.
pub async fn follow(
    State(web): State<Web>,
    Signed(actor): Signed,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, Refusal> {
    if !actor.role.instructs() {
        return Err(Refusal::NotFound);
    }
    let posted = Posted::read(pairs)?;
    let services = &web.services;
    if posted.dossiers.is_empty() {
        // Nothing was ticked: the list again, which says how.
        let nothing = Assigned { batch: None, kept: Vec::new() };
        return Ok(Redirect::to(&back_to(&posted.back, &nothing, "rien")).into_response());
    }
    let gesture = posted.gesture.ok_or(Refusal::BadRequest)?;
    let to: Option<AccountId> = match gesture {
        Gesture::Take => Some(actor.account_id.clone()),
        Gesture::Hand => Some(posted.to.as_str().into()),
        Gesture::Release => None,
    };
    if posted.confirmed {
        let done = worklist::assign(services, &actor, &posted.dossiers, to.as_ref()).await?;
        return Ok(Redirect::to(&back_to(&posted.back, &done, "")).into_response());
    }
    let colleagues = worklist::colleagues(services, &actor).await?;
    let to = match to {
        None => None,
        Some(id) => {
            let one = colleagues.into_iter().find(|one| one.id == id);
            Some(one.ok_or(Refusal::BadRequest)?)
        }
    };
    let ids: Vec<DossierId> = posted.dossiers.into_iter().map(|one| one.dossier).collect();
    let preview = Previewed {
        gesture,
        to,
        me: actor.account_id.clone(),
        lines: worklist::preview(services, &actor, &ids).await?,
        back: Address::from_query(&posted.back),
    };
    let html = dressed(&web, Some(actor), "Suivi des dossiers", None, move || {
        view! { <PreviewPage preview /> }
    });
    Ok(html.into_response())
}

/// Undoes what was just done.
pub async fn undo(
    State(web): State<Web>,
    Signed(actor): Signed,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Redirect, Refusal> {
    let value =
        |name: &str| pairs.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone());
    let batch = value("geste").filter(|batch| is_ulid(batch)).ok_or(Refusal::BadRequest)?;
    let back = value("retour").unwrap_or_default();
    let there = match worklist::undo(&web.services, &actor, &batch).await {
        Ok(done) => back_to(&back, &done, "oui"),
        Err(AssignError::TooLate) => {
            back_to(&back, &Assigned { batch: None, kept: Vec::new() }, "tard")
        }
        Err(error) => return Err(error.into()),
    };
    Ok(Redirect::to(&there))
}
