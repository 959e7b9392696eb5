//! The structure's home, opening a dossier, and where a dossier leads.

use app::{
    draft::checked,
    format,
    pages::{
        home::{Home, HomePage, Underway},
        opening::OpeningPage,
    },
    routes,
    shell::home_of,
    text,
};
use axum::{
    Form,
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use dossier::{form::demande::DEPARTMENT, role::Role, state::State as DossierState};
use leptos::prelude::*;
use serde::Deserialize;
use service::{
    Actor, DossierHead, conventions, deposits,
    drafts::{self, NewDossier, OpenError},
    findings::{self, Patience},
    following::{self, Behind},
    forms, instruction, presence,
};

use super::{
    Web,
    access::Signed,
    answer::{Refusal, page},
    sharing,
};

/// Most drafts shown with what is left in them.
const MOST_CARDS: usize = 4;

/// The first page of everybody.
pub async fn entrance(signed: Option<Signed>) -> Redirect {
    let home = signed.map(|Signed(actor)| home_of(&actor).0);
    Redirect::to(home.as_deref().unwrap_or(routes::SIGN_IN))
}

/// The structure's home.
pub async fn home(State(web): State<Web>, Signed(actor): Signed) -> Result<Response, Refusal> {
    if !actor.role.is_siae() {
        return Ok(Redirect::to(&home_of(&actor).0).into_response());
    }
    let mut found = drafts::home(&web.services, &actor).await?;
    found
        .dossiers
        .sort_by_key(|head| (std::cmp::Reverse(head.year), std::cmp::Reverse(head.updated_at)));
    let mut underway = Vec::new();
    for head in found.dossiers.iter().filter(|head| head.state.is_editable()).take(MOST_CARDS) {
        underway.push(left_in(&web, &actor, head).await?);
    }
    meet(&web, &actor, &mut underway).await?;
    let home = Home {
        deadline: deadline(&web, underway.first().map(|draft| &draft.head)),
        structures: found.structures,
        dossiers: found.dossiers,
        underway,
        conventions: conventions::held(&web.services, &actor).await?,
        today: web.services.clock.today().ok_or(Refusal::Unavailable)?,
        actor: actor.clone(),
    };
    let html = page(&web, Some(actor), "Dossiers", None, move || view! { <HomePage home /> });
    Ok(html.into_response())
}

async fn left_in(web: &Web, actor: &Actor, head: &DossierHead) -> Result<Underway, Refusal> {
    let form = forms::of(&web.services, &head.form_key()).await?;
    let draft = drafts::read(&web.services, actor, &head.id).await?;
    let steps = steps_of(form.revision, &draft.answers);
    let form_changed = following::behind(&web.services, &draft.head).await? != Behind::No;
    let checked = checked(&form, &draft.answers);
    let asked =
        if head.state.is_returned() { asked_in(web, actor, &form, &draft).await? } else { None };
    Ok(Underway { head: draft.head, checked, steps, asked, form_changed, others: Vec::new() })
}

/// How many points of a return wait, and until when.
async fn asked_in(
    web: &Web,
    actor: &Actor,
    form: &forms::Form,
    draft: &drafts::Draft,
) -> Result<Option<(u32, Option<form::Date>)>, Refusal> {
    let acts = instruction::acts(&web.services, actor, &draft.head.id).await?;
    let Some(act) = instruction::asked(&draft.head, &acts) else { return Ok(None) };
    let here = (form.revision, &draft.answers);
    let threads = instruction::read(&web.services, actor, &draft.head, here).await?;
    let left = threads.iter().filter(|thread| thread.waits()).count();
    Ok(Some((u32::try_from(left).unwrap_or(u32::MAX), act.said.due)))
}

/// Finds who else is in these drafts now.
async fn meet(web: &Web, actor: &Actor, underway: &mut [Underway]) -> Result<(), Refusal> {
    let heads: Vec<&DossierHead> = underway.iter().map(|draft| &draft.head).collect();
    let present = presence::present(&web.services, actor, &heads).await?;
    for draft in underway {
        let here = present.iter().filter(|one| one.dossier == draft.head.id);
        let named = here.filter_map(|one| {
            let step = draft.steps.iter().find(|(section, _)| *section == one.section)?;
            Some((one.name.clone(), step.1.clone()))
        });
        draft.others = named.collect();
    }
    Ok(())
}

/// Ids and names of the steps of a dossier.
pub fn steps_of(form: &form::Revision, answers: &form::Answers) -> Vec<(String, String)> {
    form.sections
        .iter()
        .filter(|section| section.visible.holds(answers, ""))
        .map(|section| (section.id.to_string(), section.title.to_string()))
        .collect()
}

/// The last quarter of the year before is when requests are deposited (circulaire DGEFP 2008-21);
/// a bilan is due at the end of April (domain reference 2.4, a proposal).
fn deadline(web: &Web, draft: Option<&DossierHead>) -> Option<(String, String)> {
    let draft = draft?;
    let today = web.services.clock.today()?;
    let (due, what) = if draft.form == "bilan" {
        (form::Date::new(draft.year + 1, 4, 30)?, "pour déposer le bilan annuel")
    } else if matches!(draft.request_kind.as_str(), "annual" | "renewal") {
        (form::Date::new(draft.year - 1, 12, 31)?, "pour déposer la demande de l'année suivante")
    } else {
        return None;
    };
    let days = due.days_since_epoch() - today.days_since_epoch();
    let left = match days {
        0 => "aujourd'hui".to_owned(),
        1 => "demain".to_owned(),
        2.. => format!("dans {days} jours"),
        _ => "date passée : le dépôt reste possible".to_owned(),
    };
    Some((format::date(due), format!("{what}, {left}")))
}

/// The form that opens a dossier.
pub async fn opening(State(web): State<Web>, Signed(actor): Signed) -> Result<Response, Refusal> {
    show_opening(&web, actor, None).await
}

async fn show_opening(web: &Web, actor: Actor, error: Option<&str>) -> Result<Response, Refusal> {
    let structures = drafts::home(&web.services, &actor).await?.structures;
    if structures.is_empty() {
        return Err(Refusal::NotFound);
    }
    for structure in structures.iter().take(MOST_CARDS) {
        // Asked while the person chooses: what they know is there once the dossier opens.
        findings::gather(&web.services, &structure.siret, Patience::None).await?;
    }
    let year = web.services.clock.today().map_or(2027, |day| day.year() + 1);
    let said = error.map(ToOwned::to_owned);
    let html = page(web, Some(actor), "Ouvrir un dossier", None, move || {
        view! { <OpeningPage structures year error=said /> }
    });
    let status = if error.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Ok((status, html).into_response())
}

/// What is asked for.
#[derive(Deserialize)]
pub struct Wanted {
    structure: String,
    nature: String,
    annee: String,
    #[serde(default)]
    perimetre: String,
    #[serde(default)]
    departement: String,
}

/// Opens a dossier, or joins the one that is open.
pub async fn open(
    State(web): State<Web>,
    Signed(actor): Signed,
    Form(wanted): Form<Wanted>,
) -> Result<Response, Refusal> {
    let (structure, kind) = wanted.structure.split_once('/').ok_or(Refusal::BadRequest)?;
    let Ok(year) = wanted.annee.trim().parse() else {
        return show_opening(
            &web,
            actor,
            Some("Écrivez l'année en quatre chiffres, par exemple 2027."),
        )
        .await;
    };
    let department = match DEPARTMENT.def.kind.canonical(&wanted.departement) {
        Ok(code) => Some(code).filter(|code| !code.is_empty()),
        Err(code) => return show_opening(&web, actor, Some(&text::of_code(code))).await,
    };
    let bilan = wanted.nature == "bilan";
    let prison = wanted.perimetre == "MP" && matches!(kind, "EI" | "ACI");
    let new = NewDossier {
        structure_id: structure.into(),
        form: if bilan { "bilan" } else { "conventionnement" }.to_owned(),
        kind: kind.to_owned(),
        request_kind: if bilan { "annual".to_owned() } else { wanted.nature.clone() },
        year,
        perimeter: if prison { "MP" } else { "DC" }.to_owned(),
        department,
    };
    match drafts::open(&web.services, &actor, new, Vec::new()).await {
        Ok(id) => Ok(Redirect::to(&routes::dossier(id.as_str())).into_response()),
        Err(OpenError::BadRequest | OpenError::NotOfKind | OpenError::UnknownForm) => {
            let error =
                "Cette combinaison n'existe pas : vérifiez la structure, la demande et l'année.";
            show_opening(&web, actor, Some(error)).await
        }
        Err(error) => Err(error.into()),
    }
}

/// Where a dossier leads: to the first step where something is left, or to its last deposit; a guest
/// to the list of what was given.
pub async fn dossier(
    State(web): State<Web>,
    Signed(actor): Signed,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    if actor.role == Role::Guest {
        return sharing::given(&web, actor, &id).await;
    }
    Ok(lead(&web, &actor, &id).await?.into_response())
}

async fn lead(web: &Web, actor: &Actor, id: &str) -> Result<Redirect, Refusal> {
    let head = deposits::head(&web.services, actor, &id.into()).await?;
    let draft = actor.role.is_siae() && (head.state.is_editable() || head.deposits == 0);
    if !draft || head.state == DossierState::Abandoned {
        return Ok(Redirect::to(&match head.deposits {
            0 => routes::HOME.to_owned(),
            _ if !actor.role.is_siae() => routes::instruction(id),
            last => routes::receipt(id, last),
        }));
    }
    let form = forms::of(&web.services, &head.form_key()).await?;
    let draft = drafts::read(&web.services, actor, &head.id).await?;
    let steps = checked(&form, &draft.answers).steps;
    let next = steps.iter().find(|(_, left)| !left.is_done()).or(steps.first());
    Ok(Redirect::to(
        &next.map_or_else(|| routes::recap(id), |(section, _)| routes::step(id, section)),
    ))
}
