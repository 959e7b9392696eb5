//! The fiche de suivi over HTTP: reading it, leaving a version, commenting it.

use app::{
    pages::follow_up::{Beside, FollowUpPage, Page},
    routes,
};
use axum::{
    Form,
    extract::{Path, Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use dossier::follow_up::{
    Sheet,
    modulation::{Weigh, Weighing},
};
use leptos::prelude::*;
use serde::Deserialize;
use service::{
    Actor,
    follow_up::{self, FollowUpError, Left},
    readings,
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
    /// The paper, for who may write it.
    lire: String,
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
    let done = match asked.fait.as_str() {
        "enregistre" => Some("La fiche est enregistrée."),
        "communique" => {
            Some("La fiche est communiquée : la structure et les financeurs peuvent la lire.")
        }
        "commente" => Some("Votre commentaire est envoyé."),
        _ => None,
    };
    let beside = Beside { as_paper: asked.lire == "oui", done, ..Beside::default() };
    show(&web, actor, &id, beside).await
}

async fn show(web: &Web, actor: Actor, id: &str, beside: Beside) -> Result<Response, Refusal> {
    let dossier = id.into();
    let follow_up = follow_up::read(&web.services, &actor, &dossier).await?;
    let agent = !actor.role.is_siae();
    if agent {
        readings::note(&web.services, &actor, &dossier, None).await?;
    }
    let today = web.services.clock.today().ok_or(Refusal::Unavailable)?;
    let failed = beside.refused.is_some();
    let title = format!("Fiche de suivi : {}", follow_up.head.structure_name);
    let page = Page { follow_up, beside, agent, today };
    let html = dressed(web, Some(actor), &title, None, move || view! { <FollowUpPage page /> });
    let status = if failed { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Ok((status, html).into_response())
}

/// A sheet, as it is posted.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Posted {
    version: u32,
    depot: u32,
    jour: String,
    participants: String,
    #[serde(rename = "axe-1")]
    first: String,
    #[serde(rename = "axe-2")]
    second: String,
    #[serde(rename = "axe-3")]
    third: String,
    #[serde(rename = "axe-4")]
    fourth: String,
    etp: String,
    durable: String,
    transition: String,
    positive: String,
    modulee: String,
    attention: String,
    suites: String,
    communiquer: String,
    calculer: String,
    #[serde(flatten)]
    weighing: Weighed,
}

/// How the part modulée is weighed; nothing in prison.
#[derive(Default, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
struct Weighed {
    poids_publics: Option<String>,
    bas_publics: Option<String>,
    haut_publics: Option<String>,
    poids_efforts: Option<String>,
    bas_efforts: Option<String>,
    haut_efforts: Option<String>,
    poids_resultats: Option<String>,
    bas_resultats: Option<String>,
    haut_resultats: Option<String>,
}

impl Weighed {
    fn read(self) -> Option<Weighing> {
        let one = |weight, low, high| Some(Weigh { weight: weight?, low: low?, high: high? });
        let criteria = [
            one(self.poids_publics, self.bas_publics, self.haut_publics)?,
            one(self.poids_efforts, self.bas_efforts, self.haut_efforts)?,
            one(self.poids_resultats, self.bas_resultats, self.haut_resultats)?,
        ];
        Some(Weighing { criteria })
    }
}

/// Leaves a version, or shares it.
pub async fn leave(
    State(web): State<Web>,
    Signed(actor): Signed,
    Path(id): Path<String>,
    Form(posted): Form<Posted>,
) -> Result<Response, Refusal> {
    let share = posted.communiquer == "oui";
    let to = if posted.calculer == "oui" { "#part-modulee" } else { "" };
    let (over, deposit) = (posted.version, posted.depot);
    let sheet = Sheet {
        day: posted.jour,
        participants: posted.participants,
        axes: [posted.first, posted.second, posted.third, posted.fourth],
        etp: posted.etp,
        exits: [posted.durable, posted.transition, posted.positive],
        modulated: posted.modulee,
        weighing: posted.weighing.read().unwrap_or_default(),
        attention: posted.attention,
        next: posted.suites,
    };
    let dossier = id.as_str().into();
    let left = Left { sheet: sheet.clone(), over, deposit, share };
    let done = follow_up::leave(&web.services, &actor, &dossier, left).await;
    let mut beside = Beside { typed: Some((sheet, over)), ..Beside::default() };
    let says = match done {
        Ok(()) => {
            let done = if share { "communique" } else { "enregistre" };
            let path = format!("{}?fait={done}{to}", routes::follow_up(&id));
            return Ok(Redirect::to(&path).into_response());
        }
        Err(FollowUpError::NotFound) => return Err(Refusal::NotFound),
        Err(FollowUpError::Store(error)) => return Err(error.into()),
        Err(FollowUpError::NotNow) => {
            "La fiche ne s'écrit plus : la demande est décidée, revenue à la structure, ou elle revient à une autre personne."
        }
        Err(FollowUpError::Missing(missing)) => {
            beside.missing = missing;
            "La fiche n'est pas communiquée : complétez ce qui est signalé. Vous pouvez aussi l'enregistrer ainsi."
        }
        Err(FollowUpError::Changed) => {
            beside.changed = true;
            "Une autre personne a enregistré la fiche entre-temps, ou la structure a déposé de nouveau. Votre texte est dans la fiche, la version enregistrée est juste au-dessus : reprenez-en ce qui doit rester, puis enregistrez."
        }
    };
    beside.refused = Some(says);
    show(&web, actor, &id, beside).await
}

/// A comment, as it is posted.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Said {
    version: u32,
    commentaire: String,
}

/// Says something of the sheet.
pub async fn comment(
    State(web): State<Web>,
    Signed(actor): Signed,
    Path(id): Path<String>,
    Form(said): Form<Said>,
) -> Result<Response, Refusal> {
    let dossier = id.as_str().into();
    let words = (said.commentaire.as_str(), said.version);
    let refused = match follow_up::comment(&web.services, &actor, &dossier, words).await {
        Ok(()) => {
            let path = format!("{}?fait=commente#commentaires", routes::follow_up(&id));
            return Ok(Redirect::to(&path).into_response());
        }
        Err(FollowUpError::NotFound) => return Err(Refusal::NotFound),
        Err(FollowUpError::NotNow) => {
            "On ne commente plus : la demande est décidée, ou ce n'est pas à vous de le faire."
        }
        Err(FollowUpError::Store(error)) => return Err(error.into()),
        Err(FollowUpError::Missing(_)) => "Écrivez votre commentaire avant de l'envoyer.",
        Err(FollowUpError::Changed) => {
            "La fiche a changé pendant que vous écriviez : relisez-la, votre commentaire est gardé ci-dessous."
        }
    };
    let beside = Beside { refused: Some(refused), comment: said.commentaire, ..Beside::default() };
    show(&web, actor, &id, beside).await
}
