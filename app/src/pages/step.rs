//! A step of the wizard, as the server sends it.

use std::sync::Arc;

use dossier::form::Form;
use form::Answers;
use leptos::prelude::*;

use crate::{
    draft::{Checked, Draft, Opening},
    wizard::Wizard,
};

/// The body of the page.
pub fn step(form: Form, opening: Opening, answers: Arc<Answers>, known: Checked) -> AnyView {
    let draft = Draft::open(form, opening, answers, Some(known));
    view! { <div id="wizard"><Wizard draft /></div> }.into_any()
}
