//! Naming a card or a step, saying something otherwise.

use std::sync::Arc;

use leptos::prelude::*;
use service::studio::Opened;

use super::{Head, Tab};
use crate::text;

/// What names something: a card, a step, or other words for what is there.
#[derive(Clone, Debug)]
pub struct Naming {
    /// What the page is called.
    pub title: String,
    /// Where it is posted.
    pub action: String,
    /// What goes with it: names and values.
    pub with: Vec<(&'static str, String)>,
    /// What the two inputs are called.
    pub labels: (&'static str, &'static str),
    /// What is typed in them.
    pub typed: (String, String),
    /// What the national form says.
    pub was: Option<(String, String)>,
    /// What the button says.
    pub button: &'static str,
    /// The way back.
    pub back: String,
    /// What is wrong.
    pub refused: Option<String>,
}

/// The page.
#[component]
pub fn NamingPage(
    /// The sketch.
    opened: Arc<Opened>,
    /// What is named.
    naming: Naming,
) -> impl IntoView {
    let Naming { title, action, with, labels, typed, was, button, back, refused } = naming;
    let error = refused
        .map(|error| view! { <p class="error" role="alert" id="refus">{text::french(&error)}</p> });
    let hidden = with
        .into_iter()
        .map(|(name, value)| view! { <input type="hidden" name=name value=value /> });
    let hidden: Vec<_> = hidden.collect();
    let was = was.map(|(label, hint)| {
        let hint = (!hint.is_empty()).then(|| view! { <p class="soft">{text::french(&hint)}</p> });
        view! {
            <div class="note">
                <p class="soft">"Le formulaire national dit :"</p>
                <p>{text::french(&label)}</p>
                {hint}
            </div>
        }
    });
    view! {
        <div class="wrap page narrow stack">
            <Head sketch=opened.sketch.clone() tab=Tab::Steps title=title />
            <form method="post" action=action class="card pad stack" autocomplete="off">
                {error}
                {was}
                {hidden}
                <div class="field">
                    <label for="libelle">{labels.0}</label>
                    <input class="input" id="libelle" name="libelle" type="text" required=true value=typed.0 />
                </div>
                <div class="field">
                    <label for="aide">{labels.1}</label>
                    <ui::TextArea id="aide" name="aide" initial=typed.1 rows=3 />
                </div>
                <p class="actions">
                    <button class="btn btn-main" type="submit">{button}</button>
                    <a class="btn btn-quiet" href=back>"Abandonner"</a>
                </p>
            </form>
        </div>
    }
}
