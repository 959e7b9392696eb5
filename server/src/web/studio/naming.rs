//! Words for cards, steps and questions, as they are posted.

use std::sync::Arc;

use app::{
    pages::studio::{
        naming::{Naming, NamingPage},
        words::{called, section_holding},
    },
    routes,
};
use axum::{
    Form,
    extract::{Path, Query, State},
    response::{IntoResponse, Redirect, Response},
};
use leptos::prelude::*;
use serde::Deserialize;
use service::{
    Actor,
    studio::{
        Opened, StudioError,
        composing::{Gesture, make},
    },
};

use super::{answered, opened, said};
use crate::web::{
    Web,
    access::Signed,
    answer::{Refusal, page as dressed},
};

/// Of what the words are.
#[derive(Deserialize)]
pub struct Of {
    de: String,
}

/// Two texts, and of what.
#[derive(Deserialize)]
pub struct Texts {
    #[serde(default)]
    de: String,
    #[serde(default)]
    etape: String,
    #[serde(default)]
    apres: String,
    libelle: String,
    #[serde(default)]
    aide: String,
}

impl Texts {
    fn both(&self) -> (String, String) {
        let aide = self.aide.replace("\r\n", "\n");
        (self.libelle.trim().to_owned(), aide.trim().to_owned())
    }
}

fn show_naming(web: &Web, actor: Actor, opened: Arc<Opened>, naming: Naming) -> Response {
    let is_refused = naming.refused.is_some();
    let title = naming.title.clone();
    let html = dressed(web, Some(actor), &title, None, move || {
        view! { <NamingPage opened naming /> }
    });
    answered(html, is_refused)
}

/// The words of what bears an id, as the form lays it.
fn words_of(form: &form::Revision, id: &str) -> Option<(String, String)> {
    form::overlay::words(form, id).map(|(label, hint)| (label.to_owned(), hint.to_owned()))
}

fn rewording(opened: &Opened, id: &str, of: &str, typed: (String, String)) -> Option<Naming> {
    let section = section_holding(&opened.laid, of)?;
    let own = opened.sketch.last.overlay.adds(of);
    Some(Naming {
        title: format!("Reformuler : {}", called(&opened.laid, of)),
        action: routes::sketch_page(id, "mots"),
        with: vec![("de", of.to_owned())],
        labels: if opened.laid.place(of).is_some() {
            ("Question", "Aide")
        } else {
            ("Titre", "Introduction")
        },
        typed,
        was: if own { None } else { words_of(opened.national, of) },
        button: "Enregistrer",
        back: format!("{}#{of}", routes::sketch_step(id, section)),
        refused: None,
    })
}

/// Other words for what is there.
pub async fn words(
    State(web): State<Web>,
    Signed(actor): Signed,
    Path(id): Path<String>,
    Query(Of { de }): Query<Of>,
) -> Result<Response, Refusal> {
    let opened = opened(&web, &actor, &id).await?;
    let typed = words_of(&opened.laid, &de).ok_or(Refusal::NotFound)?;
    let naming = rewording(&opened, &id, &de, typed).ok_or(Refusal::NotFound)?;
    Ok(show_naming(&web, actor, opened, naming))
}

/// Keeps them.
pub async fn reword(
    State(web): State<Web>,
    Signed(actor): Signed,
    Path(id): Path<String>,
    Form(texts): Form<Texts>,
) -> Result<Response, Refusal> {
    let (label, hint) = texts.both();
    let before = opened(&web, &actor, &id).await?;
    let naming = rewording(&before, &id, &texts.de, (label.clone(), hint.clone()));
    let naming = naming.ok_or(Refusal::NotFound)?;
    let gesture = Gesture::Reword { id: texts.de.clone(), label, hint };
    done(&web, actor, before, naming, &gesture).await
}

/// Makes a change that names something.
async fn done(
    web: &Web,
    actor: Actor,
    before: Arc<Opened>,
    naming: Naming,
    gesture: &Gesture,
) -> Result<Response, Refusal> {
    match make(&web.services, &actor, &before.sketch.id, gesture).await {
        Ok(_) => Ok(Redirect::to(&naming.back).into_response()),
        Err(StudioError::Faults(faults)) => {
            let naming = Naming { refused: Some(said(&faults)), ..naming };
            Ok(show_naming(web, actor, before, naming))
        }
        Err(error) => Err(error.into()),
    }
}

/// In which step.
#[derive(Deserialize)]
pub struct In {
    #[serde(default)]
    etape: String,
}

fn new_card(opened: &Opened, id: &str, etape: &str, typed: (String, String)) -> Option<Naming> {
    opened.laid.section(etape)?;
    Some(Naming {
        title: "Ajouter une carte".to_owned(),
        action: routes::sketch_page(id, "carte"),
        with: vec![("etape", etape.to_owned())],
        labels: ("Titre de la carte", "Introduction, facultative"),
        typed,
        was: None,
        button: "Ajouter la carte",
        back: routes::sketch_step(id, etape),
        refused: None,
    })
}

/// A card more.
pub async fn card(
    State(web): State<Web>,
    Signed(actor): Signed,
    Path(id): Path<String>,
    Query(In { etape }): Query<In>,
) -> Result<Response, Refusal> {
    let opened = opened(&web, &actor, &id).await?;
    let naming = new_card(&opened, &id, &etape, Default::default()).ok_or(Refusal::NotFound)?;
    Ok(show_naming(&web, actor, opened, naming))
}

/// Adds it.
pub async fn add_card(
    State(web): State<Web>,
    Signed(actor): Signed,
    Path(id): Path<String>,
    Form(texts): Form<Texts>,
) -> Result<Response, Refusal> {
    let (title, intro) = texts.both();
    let before = opened(&web, &actor, &id).await?;
    let naming = new_card(&before, &id, &texts.etape, (title.clone(), intro.clone()));
    let naming = naming.ok_or(Refusal::NotFound)?;
    let gesture = Gesture::AddCard { section: texts.etape.clone(), title, intro };
    done(&web, actor, before, naming, &gesture).await
}

fn new_step(opened: &Opened, id: &str, apres: &str, typed: (String, String)) -> Naming {
    Naming {
        title: "Ajouter une étape".to_owned(),
        action: routes::sketch_page(id, "etape"),
        with: vec![("apres", apres.to_owned())],
        labels: ("Titre de l'étape", "Introduction, facultative"),
        typed,
        was: None,
        button: "Ajouter l'étape",
        back: routes::sketch(opened.sketch.id.as_str()),
        refused: None,
    }
}

/// A step more, before the pledges and documents that end a form.
pub async fn step(
    State(web): State<Web>,
    Signed(actor): Signed,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    let opened = opened(&web, &actor, &id).await?;
    let sections = &opened.laid.sections;
    let before_last = sections.len().checked_sub(3).and_then(|rank| sections.get(rank));
    let after = before_last.map(|section| section.id.to_string()).unwrap_or_default();
    let naming = new_step(&opened, &id, &after, Default::default());
    Ok(show_naming(&web, actor, opened, naming))
}

/// Adds it.
pub async fn add_step(
    State(web): State<Web>,
    Signed(actor): Signed,
    Path(id): Path<String>,
    Form(texts): Form<Texts>,
) -> Result<Response, Refusal> {
    let (title, intro) = texts.both();
    let before = opened(&web, &actor, &id).await?;
    let naming = new_step(&before, &id, &texts.apres, (title.clone(), intro.clone()));
    let after = Some(texts.apres.clone()).filter(|after| !after.is_empty());
    done(&web, actor, before, naming, &Gesture::AddStep { after, title, intro }).await
}
