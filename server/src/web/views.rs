//! Views of the work list by name: kept, changed, removed, taken back.

use app::{
    pages::worklist::{address::Address, views::Named},
    routes,
};
use axum::{
    Form,
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;
use service::{
    Actor, StoreError,
    views::{self, ViewError, Wanted},
    worklist,
};

use super::{Web, access::Signed, answer::Refusal, worklist::show};

/// Up to how many views say how many lines they have.
const COUNTED: usize = 12;

impl From<ViewError> for Refusal {
    fn from(error: ViewError) -> Self {
        match error {
            ViewError::NotFound => Self::NotFound,
            ViewError::BadName | ViewError::Taken | ViewError::TooMany => Self::BadRequest,
            ViewError::Store(error) => error.into(),
        }
    }
}

/// The views of a person, with how many lines each has.
pub async fn named(
    web: &Web,
    actor: &Actor,
    address: &Address,
    refused: Option<(String, &'static str)>,
) -> Result<Named, StoreError> {
    let views = views::of(&web.services, actor).await?;
    let mut all = Vec::new();
    for (rank, view) in views.all.into_iter().enumerate() {
        let count = if rank < COUNTED {
            let asked = Address::from_query(&view.query).asked(&actor.account_id);
            Some(worklist::how_many(&web.services, actor, asked).await?)
        } else {
            None
        };
        all.push((view, count));
    }
    let removed = match views::mine(&web.services, actor, &address.removed_view).await {
        Ok(view) => Some(view).filter(|view| view.removed.is_some()),
        Err(ViewError::Store(error)) => return Err(error),
        Err(_) => None,
    };
    Ok(Named { all, first: views.first, refused, removed })
}

/// Where the list opens when nothing is asked of it: the view that this person chose.
pub async fn first(web: &Web, actor: &Actor) -> Result<Option<String>, StoreError> {
    let views = views::of(&web.services, actor).await?;
    let first = views.all.into_iter().find(|one| Some(&one.id) == views.first.as_ref());
    Ok(first.map(|view| Address::of_view(&view.id, &view.query).href()))
}

/// A view, as it is posted.
#[derive(Deserialize)]
pub struct Posted {
    geste: String,
    #[serde(default)]
    vue: String,
    #[serde(default)]
    nom: String,
    #[serde(default)]
    partagee: String,
    #[serde(default)]
    premiere: String,
    #[serde(default)]
    suivre: String,
    #[serde(default)]
    retour: String,
}

/// Keeps, changes or removes a view.
pub async fn change(
    State(web): State<Web>,
    Signed(actor): Signed,
    Form(posted): Form<Posted>,
) -> Result<Response, Refusal> {
    let services = &web.services;
    let back = Address::from_query(&posted.retour);
    let id = posted.vue.as_str();
    let asked = back.kept();
    let done = match posted.geste.as_str() {
        "garder" => keep(&web, &actor, (None, &asked), &posted).await,
        "changer" => {
            let before = views::mine(services, &actor, id).await?;
            let query = if posted.suivre == "oui" { asked } else { before.query };
            keep(&web, &actor, (Some(id), &query), &posted).await
        }
        "premiere" | "plus-premiere" => {
            let first = (posted.geste == "premiere").then_some(id);
            views::open_first(services, &actor, first).await.map(|()| back.href())
        }
        "retirer" => {
            let list = Address { vue: String::new(), ..back.clone() };
            let there = routes::after_view(&list.query(), id);
            views::remove(services, &actor, (id, true)).await.map(|()| there)
        }
        "remettre" => {
            views::remove(services, &actor, (id, false)).await?;
            let view = views::mine(services, &actor, id).await?;
            Ok(Address::of_view(id, &view.query).href())
        }
        _ => return Err(Refusal::BadRequest),
    };
    let why = match done {
        Ok(there) => return Ok(Redirect::to(&there).into_response()),
        Err(ViewError::BadName) => "Donnez à la vue un nom de quarante caractères au plus.",
        Err(ViewError::Taken) => "Vous avez déjà une vue de ce nom : donnez-en un autre.",
        Err(ViewError::TooMany) => {
            "Vous avez déjà vingt vues : retirez-en une avant d'en garder une autre."
        }
        Err(error) => return Err(error.into()),
    };
    show(&web, actor, back, Some((posted.nom, why))).await
}

/// Keeps it; gives where it leads.
async fn keep(
    web: &Web,
    actor: &Actor,
    (id, query): (Option<&str>, &str),
    posted: &Posted,
) -> Result<String, ViewError> {
    let wanted = Wanted {
        name: &posted.nom,
        query,
        is_shared: posted.partagee == "oui",
        is_first: posted.premiere == "oui",
    };
    let id = views::keep(&web.services, actor, id, &wanted).await?;
    Ok(Address::of_view(&id, query).href())
}
