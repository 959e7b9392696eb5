//! Texts of a step posted without script that could not be kept: each is shown, so that none is lost.

use leptos::prelude::*;
use service::DossierHead;
use ui::{Icon, IconName, TextArea};

use super::Crumbs;
use crate::text;

/// A text that was not kept.
#[derive(Clone, Debug)]
pub struct NotKept {
    /// Its question.
    pub name: String,
    /// The text.
    pub text: String,
    /// Why, and what to do.
    pub why: &'static str,
    /// Where that is done, and what it is called.
    pub remedy: Option<(String, &'static str)>,
}

/// The page.
#[component]
pub fn NotKeptPage(
    /// The dossier.
    head: DossierHead,
    /// The step: its address and its title.
    step: (String, String),
    /// The texts.
    texts: Vec<NotKept>,
) -> impl IntoView {
    let back = step.0.clone();
    let texts = texts.into_iter().enumerate().map(|(rank, NotKept { name, text, why, remedy })| {
        let id = format!("texte-{rank}");
        let remedy =
            remedy.map(|(href, says)| view! { <p><a class="btn" href=href>{says}</a></p> });
        view! {
            <section class="card pad stack">
                <div class="field">
                    <label for=id.clone()>{text::french(&name)}</label>
                    <TextArea id name="" initial=text />
                </div>
                <p class="error">{text::french(why)}</p>
                {remedy}
            </section>
        }
    });
    view! {
        <div class="wrap page narrow stack">
            <header>
                <Crumbs head step />
                <h1>"Une partie n'a pas pu être enregistrée"</h1>
                <p class="lead">"Le reste de l'étape est enregistré. Voici ce que vous aviez écrit : copiez-le avant de quitter cette page."</p>
            </header>
            {texts.collect_view()}
            <p><a class="btn" href=back><Icon name=IconName::ArrowLeft />"Revenir à l'étape"</a></p>
        </div>
    }
}
