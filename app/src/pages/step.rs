//! A step of the wizard, as the server sends it.

use std::sync::Arc;

use dossier::form::Form;
use form::Answers;
use leptos::prelude::*;

use super::sources::{StepSources, Stepping};
use crate::{
    draft::{Checked, Draft, Opening},
    routes,
    wizard::Wizard,
};

/// The body of the page. What sources say stands outside of what lives in the browser; a script of
/// this version brings it to the questions.
pub fn step(
    form: Form,
    opening: Opening,
    answers: Arc<Answers>,
    known: Checked,
    sources: Option<(Stepping, String)>,
) -> AnyView {
    let sources = sources.map(|(stepping, version)| {
        let (id, section) = (&stepping.id, &stepping.step.id);
        let (action, place) = (routes::sources(id), routes::sources_of_step(id, section));
        let section = section.to_string();
        view! {
            <form id="choix-source" method="post" action=action data-encart=place hidden=true>
                <input type="hidden" name="_etape" value=section />
            </form>
            <StepSources stepping />
            <script type="module" src=format!("/sources.js?v={version}")></script>
        }
    });
    let draft = Draft::open(form, opening, answers, Some(known));
    view! { {sources} <div id="wizard"><Wizard draft /></div> }.into_any()
}
