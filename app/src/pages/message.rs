//! A page that says one thing: what happened and what to do.

use leptos::prelude::*;

/// What happened, in a sentence; what to do; where to go.
#[derive(Clone, Debug)]
pub struct Message {
    /// Heading.
    pub title: &'static str,
    /// What happened and what to do.
    pub text: String,
    /// Where to go next.
    pub href: String,
    /// What that is called.
    pub link: &'static str,
}

/// The page of a message.
#[component]
pub fn MessagePage(
    /// What to say.
    message: Message,
) -> impl IntoView {
    view! {
        <div class="wrap page narrow">
            <h1>{message.title}</h1>
            <p class="lead">{message.text}</p>
            <p><a class="btn btn-main" href=message.href>{message.link}</a></p>
        </div>
    }
}
