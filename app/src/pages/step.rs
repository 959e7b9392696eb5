//! A step of the wizard, as the server sends it.

use leptos::prelude::*;

use crate::{
    draft::{Draft, Opening},
    wizard::Wizard,
};

/// The body of the page; empty when the form is unknown, which the caller has checked.
pub fn step(opening: Opening) -> AnyView {
    let Some(form) = opening.known_form() else { return ().into_any() };
    let draft = Draft::open(form, opening);
    view! { <div id="wizard"><Wizard draft /></div> }.into_any()
}
