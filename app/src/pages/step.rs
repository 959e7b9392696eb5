//! A step of the wizard, as the server sends it.

use std::sync::Arc;

use form::Answers;
use leptos::prelude::*;

use crate::{
    draft::{Checked, Draft, Opening},
    wizard::Wizard,
};

/// The body of the page; empty when the form is unknown, which the caller has checked.
pub fn step(opening: Opening, answers: Arc<Answers>, known: Checked) -> AnyView {
    let Some(form) = opening.known_form() else { return ().into_any() };
    let draft = Draft::open(form, opening, answers, Some(known));
    view! { <div id="wizard"><Wizard draft /></div> }.into_any()
}
